import { ScimError } from '../errors/scim-error.ts';

/** How many steps a PATCH may take for each value of the resource and of the operations. */
export const stepsPerValue = 64;

/** Below this many values, it is as if there were this many. */
export const fewestValues = 512;

/**
 * Counts the steps of a PATCH: a value read, written, compared or tested. What walks whole lists once for each operation
 * would be quadratic; it is stopped at a fixed multiple of the input.
 */
export class Work {
  readonly limit: number;
  #steps = 0;

  /** @param values How many values the resource and the operations hold. */
  constructor(values: number) {
    this.limit = stepsPerValue * Math.max(fewestValues, values);
  }

  get steps(): number {
    return this.#steps;
  }

  /** @throws ScimError 413 once all steps are spent. */
  spend(steps: number): void {
    this.#steps += steps;
    if (this.#steps <= this.limit) return;
    throw new ScimError(
      413,
      undefined,
      'The filters in the paths of this PATCH would test too many values; send it in several requests.',
    );
  }
}
