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
