import type { HttpAuth } from '@oaa-kit/oaa/http';
import type { SubmitOptions } from '../../directory/bases.ts';
import type { AcceptedBaseDocument, BaseListDocument } from '../../server/admin/base-documents.ts';
import type { ConnectionOptions } from '../connection-options.ts';

export interface BaseClientOptions extends ConnectionOptions {
  /** Of the administration API: `https://scim.example.com/admin`. `http://` only for this machine. */
  readonly url: string;
  /** A credential with the scope `base:write`, which leads to the organization. */
  readonly auth: HttpAuth;
  /** How long to wait for an answer; 300,000 unless told otherwise: merging a large base takes a while. */
  readonly timeoutMs?: number | undefined;
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
  submit(payload: unknown, options?: Pick<SubmitOptions, 'asOf' | 'maxRemovalPercent'>): Promise<AcceptedBaseDocument>;
  list(): Promise<BaseListDocument>;
}
