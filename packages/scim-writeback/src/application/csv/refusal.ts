import type { AdapterAnswer } from '../adapter.ts';

type Refused = Extract<AdapterAnswer, { readonly type: 'refused' }>;

/** Why an operation is not done: nothing was changed. Thrown where it is found, answered by the adapter. */
export class Refusal extends Error {
  readonly kind: NonNullable<Refused['kind']>;

  /** @param message for the client: no secrets */
  constructor(message: string, kind: NonNullable<Refused['kind']> = 'invalid') {
    super(message);
    this.kind = kind;
  }

  get answer(): Refused {
    return { type: 'refused', reason: this.message, kind: this.kind };
  }
}
