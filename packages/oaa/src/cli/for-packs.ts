// What packs share with the commands here. Loaded when it is called: a pack is there for its help, too, which needs no client.
import type { RemovalGuardOptions } from '../guard/index.ts';
import type { FallbackTenant } from '../settings/index.ts';
import type { Tenant } from '../tenant/index.ts';
import type { CommandContext } from './command.ts';

type TenantValues = Parameters<typeof import('./open-tenant.ts').openTenant>[1];
type GuardValues = Parameters<typeof import('./open-guard.ts').guardOptions>[1];

/**
 * The tenant of the options, the environment and the settings files; nothing has been asked of it yet. Hides its secrets.
 *
 * @param fallback the tenant where none of these names one
 * @throws UsageError for settings that are missing or wrong
 */
export async function openTenant(
  context: CommandContext,
  options: TenantValues,
  fallback?: FallbackTenant,
): Promise<Tenant> {
  const opened = await import('./open-tenant.ts');
  return opened.openTenant(context, options, fallback);
}

/** Limits and folder of the removal guard that the options, the environment and the settings files name. */
export async function guardOptions(context: CommandContext, options: GuardValues): Promise<RemovalGuardOptions> {
  const opened = await import('./open-guard.ts');
  return opened.guardOptions(context, options);
}

/**
 * Reads a JSON document from a file, or from stdin when `name` is `-`.
 *
 * @throws UsageError `file-unreadable`; InputError `json-invalid` with file:line:column, `payload-too-large`
 */
export async function readJsonFile(context: CommandContext, name: string): Promise<unknown> {
  const reader = await import('./read-json-file.ts');
  return reader.readJsonFile(context, name);
}
