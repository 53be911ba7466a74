import { ScimError } from '../protocol/errors/scim-error.ts';

/** A request that may be right, and cannot be decided now: 503 with `Retry-After`. RFC 9110 s15.6.4. */
export class RetryLaterError extends ScimError {
  readonly retryAfterSeconds: number;

  constructor(detail: string, retryAfterSeconds: number) {
    super(503, undefined, detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}
