/** Values of command-line flags; undefined or left out when not given. */
export interface TenantFlags {
  /** `--url` */
  readonly url?: string | undefined;
  /** `--api-key`: a secret reference (`env:NAME`, `file:path`, `cmd:program`), never the key itself. */
  readonly apiKey?: string | undefined;
  /** `--timeout`, in seconds. */
  readonly timeout?: number | undefined;
  /** `--retries` */
  readonly retries?: number | undefined;
  /** `--ca-file` */
  readonly caFile?: string | undefined;
  /** `--proxy` */
  readonly proxy?: string | undefined;
  /** `--unsafe-https` */
  readonly unsafeHttps?: boolean | undefined;
  /** `--config`: another file than `oaa.config.yaml` in the working folder. */
  readonly config?: string | undefined;
  /** `--allow-commands`: secret references may run programs. */
  readonly allowCommands?: boolean | undefined;
}

export interface LoadTenantSettingsOptions {
  readonly flags?: TenantFlags | undefined;
  /** `process.env`, or a stand-in. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly signal?: AbortSignal | undefined;
}

/** Where a setting came from. */
export type SettingOrigin = 'flag' | 'environment' | '.env' | 'config' | 'default';

/** Everything needed to make a `Tenant`: `new Tenant(await loadTenantSettings(...))`. */
export interface TenantSettings {
  readonly url: string;
  readonly apiKey: string;
  readonly timeoutMs: number;
  readonly retries: number;
  readonly tls: { readonly ca: string | undefined; readonly verify: boolean };
  readonly caFile: string | undefined;
  readonly unsafeHttps: boolean;
  readonly proxyUrl: string | undefined;
  /** By setting name: `url`, `apiKey`, `timeoutSeconds`, `retries`, `caFile`, `proxy`, `unsafeHttps`. */
  readonly origins: Readonly<Record<string, SettingOrigin>>;
}

/** Gathers the settings of a tenant: flag, then environment, then `.env`, then `oaa.config.yaml`. */
export function loadTenantSettings(_options: LoadTenantSettingsOptions): Promise<TenantSettings> {
  return Promise.reject(new Error('loadTenantSettings is under construction'));
}
