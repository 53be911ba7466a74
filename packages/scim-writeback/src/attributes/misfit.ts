/** A value that cannot be said on the other side without changing what it says; so it is not said there at all. */
export class Misfit {
  readonly code: 'too-long' | 'property-type';
  /** Behind the name of the attribute: "has more than 4,096 bytes as text". */
  readonly reason: string;

  constructor(code: Misfit['code'], reason: string) {
    this.code = code;
    this.reason = reason;
  }
}
