import { ScimError } from '../errors/scim-error.ts';

/** How many steps a PATCH may take for each one that its resource and its operations weigh. */
export const stepsPerWeight = 64;

/** A lighter input counts as much as this. */
export const leastWeight = 512;

/**
 * Counts the steps of a PATCH: a value read, written, compared or tested. What walks whole lists once for each operation
 * would be quadratic; it is stopped at a fixed multiple of the input.
 */
export class Work {
  readonly limit: number;
  #steps = 0;

  /** @param weight Of the resource and the operations together, see `weightOf`. */
  constructor(weight: number) {
    this.limit = stepsPerWeight * Math.max(leastWeight, weight);
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
