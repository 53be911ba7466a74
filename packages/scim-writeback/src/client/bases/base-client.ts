import type { HttpAuth, HttpSeams, Logger, RemoteWords, RetryPolicy } from '@oaa-kit/oaa/http';
import type { SubmitOptions } from '../../directory/bases.ts';
import type { AcceptedBaseDocument, BaseListDocument } from '../../server/admin/base-documents.ts';

export interface BaseClientOptions {
  /** Of the administration API: `https://scim.example.com/admin`. `http://` only for this machine. */
  readonly url: string;
  /** A credential with the scope `base:write`, which leads to the organization. */
  readonly auth: HttpAuth;
  /** `ca`: PEM text of certificates to trust beside the usual ones. `verify: false` trusts everybody (tests only). */
  readonly tls?: { readonly ca?: string | undefined; readonly verify?: boolean | undefined } | undefined;
  /** How long to wait for an answer; 300,000 unless told otherwise: merging a large base takes a while. */
  readonly timeoutMs?: number | undefined;
  readonly retryPolicy?: Partial<RetryPolicy> | undefined;
  readonly proxyUrl?: string | undefined;
  readonly userAgent?: string | undefined;
  /** How messages call the service and the settings. */
  readonly words?: RemoteWords | undefined;
  readonly logger?: Logger | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly seams?: Partial<HttpSeams> | undefined;
}

/**
 * The bases of an organization on another machine. Methods throw what those of `BaseStore` throw: `InputError`, `UsageError` and
 * `GuardError` as if the database were here; besides these `CredentialsError` for 401 and 403, `RemoteError` for answers that no
 * administration API gives, and `UnreachableError`.
 */
export interface BaseClient {
  /** Called before an extraction begins. */
  begin(): Promise<{ readonly asOf: string }>;
  /**
   * Sends a base, once: when no answer comes, nobody knows whether it was accepted (`mayHaveBeenReceived`). `list` tells, by
   * the digest that the error names.
   */
  submit(payload: unknown, options?: Omit<SubmitOptions, 'actor'>): Promise<AcceptedBaseDocument>;
  list(): Promise<BaseListDocument>;
}
