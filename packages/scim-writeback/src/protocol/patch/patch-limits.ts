/** How much one PATCH may hold. */
export interface PatchLimits {
  readonly maxOperations: number;
  /** Members of objects and lists in all operations together, at every depth. */
  readonly maxValues: number;
}

/** Enough to add 100,000 members with `value`, `display` and `$ref` at once. */
export const patchLimits: PatchLimits = { maxOperations: 1_000, maxValues: 500_000 };
