import { UsageError } from '@oaa-kit/oaa';
import type { Pair, PairOfIncarnation } from '../directory/publications.ts';

/** A pair as people read and write it: revision, a dot, base generation. */
export function formatPair({ revision, generation }: Pair): string {
  return `${revision}.${generation}`;
}

/** @throws UsageError for a text that `formatPair` does not make */
export function parsePair(text: string): Pair {
  const [, revision, generation] = /^(0|[1-9]\d{0,14})[.]([1-9]\d{0,14})$/.exec(text) ?? [];
  if (revision === undefined || generation === undefined) {
    throw new UsageError(
      'setting-invalid',
      'A pair is a revision and a base generation, with a dot between them: 1042.7.',
      {
        hint: 'Take the one that `oaa scim publish status` shows as held.',
      },
    );
  }
  return { revision: Number(revision), generation: Number(generation) };
}

export function isSamePair(one: Pair, other: Pair): boolean {
  return one.revision === other.revision && one.generation === other.generation;
}

/** Whether both are of one life of the database, too. */
export function isSameMoment(one: PairOfIncarnation, other: PairOfIncarnation): boolean {
  return isSamePair(one, other) && one.incarnation === other.incarnation;
}
