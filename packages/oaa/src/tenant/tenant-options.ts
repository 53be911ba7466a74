import type { HttpSeams, Logger, RetryPolicy } from '../http/index.ts';

/** How to reach a tenant. `loadTenantSettings` returns an object that fits. */
export interface TenantOptions {
  /** `https://acme.vezacloud.com`; `https://` is put in front when missing. */
  readonly url: string;
  readonly apiKey: string;
  /** How long to wait for an answer; 300,000 unless told otherwise. */
  readonly timeoutMs?: number | undefined;
  /** How often a failed request is sent again; 10 unless told otherwise. */
  readonly retries?: number | undefined;
  /** `ca`: PEM text of certificates to trust beside the usual ones. `verify: false` is for tests only. */
  readonly tls?: { readonly ca?: string | undefined; readonly verify?: boolean | undefined } | undefined;
  /** `http://user:password@proxy:8080`; environment variables are not read here. */
  readonly proxyUrl?: string | undefined;
  /** Appended to the User-Agent: name and version of a connector. */
  readonly userAgentExtra?: string | undefined;
  readonly logger?: Logger | undefined;
  /** Overrides single values of the retry policy. */
  readonly retryPolicy?: Partial<RetryPolicy> | undefined;
  /** Clock, sleep and randomness, for tests. */
  readonly seams?: Partial<HttpSeams> | undefined;
}

/** What every call of a tenant takes. */
export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

export interface ListOptions extends CallOptions {
  /** For example `name eq "GitHub"`. */
  readonly filter?: string | undefined;
  /** For example `state`. */
  readonly orderBy?: string | undefined;
  /** 100 unless told otherwise; the tenant may answer with fewer. */
  readonly pageSize?: number | undefined;
}

export interface NewProvider extends CallOptions {
  readonly name: string;
  /** One payload template; give this or `templates`. */
  readonly template?: string | undefined;
  readonly templates?: readonly string[] | undefined;
  /** Further keys of the wire body as they are: `provisioning`, `configuration_json` ... */
  readonly options?: Readonly<Record<string, unknown>> | undefined;
}

export interface NewDataSource extends CallOptions {
  readonly name: string;
  /** Needed on a provider with several templates. */
  readonly template?: string | undefined;
}
