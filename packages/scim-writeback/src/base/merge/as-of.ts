import { UsageError } from '@oaa-kit/oaa';

/** When an extraction began, in the time of an organization. */
export interface AsOf {
  /** The organization's revision. */
  readonly revision: number;
  /** Of the last base that was accepted; 0 for none. It tells extractions apart between which nothing was changed. */
  readonly generation: number;
}

/** The text that `base begin` gives and `base submit` takes: `1042.7`. */
export function formatAsOf({ revision, generation }: AsOf): string {
  return `${revision}.${generation}`;
}

/** @throws UsageError for a text that `formatAsOf` does not make */
export function parseAsOf(text: string): AsOf {
  const [, revision, generation] = /^(0|[1-9]\d{0,14})[.](0|[1-9]\d{0,14})$/.exec(text) ?? [];
  if (revision === undefined || generation === undefined) {
    throw new UsageError(
      'setting-invalid',
      'The as-of of a base is two numbers with a dot between them, as in 1042.7.',
      {
        hint: 'Ask for it before the extraction: oaa scim base begin.',
      },
    );
  }
  return { revision: Number(revision), generation: Number(generation) };
}

/** Negative when one began before the other. */
export function compareAsOf(left: AsOf, right: AsOf): number {
  return left.revision - right.revision || left.generation - right.generation;
}
