import { ScimError } from '../errors/scim-error.ts';

/** How many steps a PATCH may take for each one that its resource and its operations weigh. */
export const stepsPerWeight = 64;

/** A lighter input counts as much as this. */
export const leastWeight = 512;

/** Names of values without a path, in all operations together: each is read as a path, which takes far more than a step. */
export const mostNames = 10_000;

/** Tests that filters make of every member of a group. Whoever says which members are meant needs none of them. */
export const mostMemberTests = 16;

/**
 * Counts the steps of a PATCH: a value read, written, compared or tested. What walks whole lists once for each operation
 * would be quadratic; it is stopped at a fixed multiple of the input.
 */
export class Work {
  readonly limit: number;
  #steps = 0;
  #names = 0;
  #memberTests = 0;

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
    throw tooMuch('The filters in the paths of this PATCH would test too many values; send it in several requests.');
  }

  /** Counts a name that is read as a path. @throws ScimError 413 once there are too many. */
  readName(): void {
    this.spend(1);
    this.#names += 1;
    if (this.#names > mostNames) {
      throw tooMuch(`A PATCH may have ${mostNames} names without a path at most; send it in several requests.`);
    }
  }

  /**
   * Counts tests that a filter makes of every member of a group. How many there are is not known here, so nothing in the
   * input bounds what they cost. @throws ScimError 413 once there are too many.
   */
  testMembers(tests: number): void {
    this.#memberTests += tests;
    if (this.#memberTests > mostMemberTests) {
      throw tooMuch('The filters of this PATCH would test all members too often; name members by their value.');
    }
  }
}

function tooMuch(detail: string): ScimError {
  return new ScimError(413, undefined, detail);
}
