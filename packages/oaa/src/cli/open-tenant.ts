import { UsageError } from '../errors/index.ts';
import { secretsOf } from '../http/index.ts';
import { type FallbackTenant, loadTenantSettings, type TenantFlags, type TenantSettings } from '../settings/index.ts';
import { Tenant } from '../tenant/index.ts';
import type { CommandContext, OptionValues } from './command.ts';
import { stderrLogger } from './stderr-logger.ts';
import type { tenantOptions } from './tenant-options.ts';

type TenantValues = Partial<OptionValues<typeof tenantOptions>>;

function flagsOf(context: CommandContext, options: TenantValues): TenantFlags {
  return {
    url: options.url,
    apiKey: options['api-key'],
    timeout: options.timeout,
    retries: options.retries,
    caFile: options['ca-file'],
    proxy: options.proxy,
    unsafeHttps: options['unsafe-https'],
    config: context.configFile,
    allowCommands: options['allow-commands'],
  };
}

/** The settings of the tenant that the options, the environment and the settings files name. Hides the secrets. */
export async function tenantSettings(
  context: CommandContext,
  options: TenantValues,
  fallback?: FallbackTenant,
): Promise<TenantSettings> {
  const { cwd, env, signal } = context;
  const settings = await loadTenantSettings({ flags: flagsOf(context, options), env, cwd, signal, fallback });
  context.hideSecret(settings.apiKey);
  for (const secret of secretsOf({ proxyUrl: settings.proxyUrl })) context.hideSecret(secret);
  return settings;
}

/** The tenant of the options, of which nothing has been asked yet. */
export async function openTenant(
  context: CommandContext,
  options: TenantValues,
  fallback?: FallbackTenant,
): Promise<Tenant> {
  return new Tenant({ ...(await tenantSettings(context, options, fallback)), logger: stderrLogger(context) });
}

/** The tenant, or why none is set: for what can do its work without. */
export async function openTenantIfSet(
  context: CommandContext,
  options: TenantValues,
): Promise<{ readonly tenant: Tenant } | { readonly tenant: undefined; readonly reason: string }> {
  try {
    return { tenant: await openTenant(context, options) };
  } catch (error) {
    if (error instanceof UsageError && error.code === 'setting-missing')
      return { tenant: undefined, reason: error.message };
    throw error;
  }
}
