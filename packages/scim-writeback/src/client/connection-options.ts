import type { HttpSeams, Logger, RemoteWords, RetryPolicy } from '@oaa-kit/oaa/http';

/** How a client of a service reaches it. */
export interface ConnectionOptions {
  /** `ca`: PEM text of certificates to trust beside the usual ones. `verify: false` trusts everybody (tests only). */
  readonly tls?: { readonly ca?: string | undefined; readonly verify?: boolean | undefined } | undefined;
  readonly retryPolicy?: Partial<RetryPolicy> | undefined;
  readonly proxyUrl?: string | undefined;
  readonly userAgent?: string | undefined;
  /** How messages call the service and the settings. */
  readonly words?: RemoteWords | undefined;
  readonly logger?: Logger | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly seams?: Partial<HttpSeams> | undefined;
}
