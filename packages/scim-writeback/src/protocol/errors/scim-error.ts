/** Keywords that tell apart errors of one status. RFC 7644 s3.12 table 9, RFC 9865 s2.1. */
export type ScimType =
  | 'invalidFilter'
  | 'tooMany'
  | 'uniqueness'
  | 'mutability'
  | 'invalidSyntax'
  | 'invalidPath'
  | 'noTarget'
  | 'invalidValue'
  | 'invalidVers'
  | 'sensitive'
  | 'invalidCursor'
  | 'expiredCursor'
  | 'invalidCount';

/**
 * A request that is refused, as the client is told. `detail` says what is wrong and how to send it right; it repeats no
 * values of the request, which may be secret or personal.
 *
 * @example throw new ScimError(400, 'invalidValue', 'userName is required.');
 */
export class ScimError extends Error {
  override readonly name = 'ScimError';
  /** The HTTP status. */
  readonly status: number;
  readonly scimType: ScimType | undefined;
  readonly detail: string;

  constructor(status: number, scimType: ScimType | undefined, detail: string) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
    this.detail = detail;
  }
}
