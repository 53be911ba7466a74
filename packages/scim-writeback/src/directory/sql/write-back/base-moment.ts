import type { Kysely } from 'kysely';
import { readRevision } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { readBases } from './base-rows.ts';
import { readLocks } from './read-locks.ts';

/** All that a base is merged with: where two moments are the same, so is what becomes of the base. */
export interface Moment {
  /** Resources, members and links do not change without it. */
  readonly revision: number;
  /** Of the last base, with its drift; 0 for none. */
  readonly generation: number;
  /** What open intents are about. */
  readonly locks: readonly string[];
}

/** What a database stands at. */
export async function readMoment(db: Kysely<Tables>, scope: Scope): Promise<Moment> {
  const revision = await readRevision(db, scope.organization);
  const [last] = await readBases(db, scope, 1);
  const { facts, existence, names } = await readLocks(db, scope);
  return {
    revision,
    generation: last?.record.generation ?? 0,
    locks: Array.from(facts, (id) => {
      const name = names.User.get(id) ?? names.Group.get(id) ?? null;
      return JSON.stringify([id, existence.has(id), name]);
    }).sort(),
  };
}

export function isSameMoment(one: Moment, other: Moment): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
