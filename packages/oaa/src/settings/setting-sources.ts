import type { LoadedConfig, TenantConfig } from './config.ts';
import type { TenantFlags } from './tenant-flags.ts';

/** Where a setting came from. */
export type SettingOrigin = 'flag' | 'environment' | '.env' | 'config' | 'default';

/** One setting of the tenant: its names, written once. */
export interface SettingNames {
  readonly flag: keyof TenantFlags;
  readonly flagName: string;
  readonly variable: string;
  readonly key: keyof TenantConfig;
}

export const settingNames = {
  url: { flag: 'url', flagName: '--url', variable: 'VEZA_URL', key: 'url' },
  apiKey: { flag: 'apiKey', flagName: '--api-key', variable: 'VEZA_API_KEY', key: 'apiKey' },
  timeoutSeconds: { flag: 'timeout', flagName: '--timeout', variable: 'OAA_API_TIMEOUT', key: 'timeoutSeconds' },
  retries: { flag: 'retries', flagName: '--retries', variable: 'OAA_API_RETRIES', key: 'retries' },
  caFile: { flag: 'caFile', flagName: '--ca-file', variable: 'OAA_CA_FILE', key: 'caFile' },
  proxy: { flag: 'proxy', flagName: '--proxy', variable: 'HTTPS_PROXY', key: 'proxy' },
  unsafeHttps: { flag: 'unsafeHttps', flagName: '--unsafe-https', variable: 'VEZA_UNSAFE_HTTPS', key: 'unsafeHttps' },
} as const satisfies Record<string, SettingNames>;

type Environment = Readonly<Record<string, string | undefined>>;

/** Everything that settings are looked for in, strongest first. */
export interface SettingSources {
  readonly flags: TenantFlags;
  readonly environment: Environment;
  readonly envFile: Environment;
  readonly config: LoadedConfig | undefined;
}

/** A value that was found, as text, and how a person would find it again. */
export interface FoundSetting {
  readonly text: string;
  readonly origin: Exclude<SettingOrigin, 'default'>;
  /** `--url`, `VEZA_URL`, `VEZA_URL in .env`, `tenant.url (oaa.config.yaml:2:8)`. */
  readonly where: string;
}

/** The strongest source that has the setting. An empty text counts as not given. */
export function findSetting(names: SettingNames, sources: SettingSources): FoundSetting | undefined {
  const { document, config } = sources.config ?? {};
  const position = document?.positionOf(['tenant', names.key]);
  const candidates = [
    { origin: 'flag', where: names.flagName, value: sources.flags[names.flag] },
    { origin: 'environment', where: names.variable, value: sources.environment[names.variable] },
    { origin: '.env', where: `${names.variable} in .env`, value: sources.envFile[names.variable] },
    {
      origin: 'config',
      where: `tenant.${names.key} (${document?.file}:${position?.row}:${position?.column})`,
      value: config?.tenant?.[names.key],
    },
  ] as const;
  for (const { origin, where, value } of candidates) {
    if (value !== undefined && value !== '') return { origin, where, text: String(value) };
  }
  return undefined;
}

/** `--url, VEZA_URL (environment or .env) or tenant.url (oaa.config.yaml)`. */
export function waysToSet(names: SettingNames): string {
  return `${names.flagName}, ${names.variable} (environment or .env) or tenant.${names.key} (oaa.config.yaml)`;
}
