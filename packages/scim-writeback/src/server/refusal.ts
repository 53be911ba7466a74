import { ScimError, type ScimType } from '../protocol/errors/scim-error.ts';

/** A refusal that tells the client more than its body can, in headers of the answer. */
export class Refusal extends ScimError {
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    status: number,
    scimType: ScimType | undefined,
    detail: string,
    headers: Readonly<Record<string, string>>,
  ) {
    super(status, scimType, detail);
    this.headers = headers;
  }
}
