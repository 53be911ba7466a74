import { foldKey } from '@oaa-kit/oaa';
import { fromEmailFacts } from '../../attributes/emails.ts';
import { foldCase } from '../../protocol/text/fold-case.ts';
import type { RowMatch } from './match-by-key.ts';
import type { BaseRow } from './read-base.ts';

/** A resource that no row was found to be by its key. */
export interface Candidate {
  readonly id: string;
  readonly state: 'live' | 'deleted';
  /** Whether a base has shown it before: then only a base that is keyed by names can call it by another key. */
  readonly isKnown: boolean;
  /** Its `userName` or `displayName`, and those that it had since the extraction began. */
  readonly names: readonly string[];
  /** That an open change is about to give it, folded with `foldCase`. */
  readonly nameInFlight?: string | undefined;
  readonly emails: readonly string[];
}

/** By what a row may be found to be a resource on first contact. */
export type ContactAttribute = 'name' | 'emails';

/**
 * Finds out who the rows are that no link has the key of; each at its index. Undefined: somebody new.
 *
 * On first contact, by the attributes that are given, and only where exactly one row and one candidate are left to be each
 * other. A resource that a base has shown before is found by its name only in a base without ids: there the name is the
 * key, and who is renamed gets another one. A row that bears the name of somebody who was deleted since the extraction
 * began is taken for that one: else the next of the name would get the grants of the last.
 *
 * @param contested ids of those that a row may be of which nobody can say so
 * @param by in this order. Where it is not by the name, who shares one may be somebody else, or not: nobody can say.
 */
export function matchByName(
  rows: readonly BaseRow[],
  candidates: readonly Candidate[],
  by: readonly ContactAttribute[],
  contested: ReadonlySet<string>,
): readonly (RowMatch | undefined)[] {
  const matching = new Matching(
    rows,
    candidates.filter(({ id }) => contested.has(id)),
  );
  matching.swallow(candidates.filter(({ state }) => state === 'deleted'));
  const live = candidates.filter(({ state }) => state === 'live');
  const unknown = live.filter(({ isKnown }) => !isKnown);
  // The name that is a key comes first: it is no first contact.
  if (by[0] !== 'name')
    matching.link(
      live.filter(({ isKnown }) => isKnown),
      namesOfRow,
      namesOf,
    );
  for (const attribute of by) {
    if (attribute === 'name') matching.link(live, namesOfRow, namesOf);
    else matching.link(unknown, emailsOfRow, emailsOf);
  }
  if (!by.includes('name')) matching.dispute(unknown);
  return matching.matches;
}

class Matching {
  readonly matches: (RowMatch | undefined)[];
  readonly #rows: readonly BaseRow[];
  readonly #linked = new Set<Candidate>();
  /** That a row may be of which nobody can say so: no other row is it for sure. */
  readonly #contested: Set<Candidate>;

  constructor(rows: readonly BaseRow[], contested: readonly Candidate[]) {
    this.#contested = new Set(contested);
    this.#rows = rows;
    this.matches = rows.map(() => undefined);
  }

  swallow(deleted: readonly Candidate[]): void {
    const byName = groupedBy(deleted, namesOf);
    for (const [index, row] of this.#open()) {
      const one = byName.get(nameOf(row))?.find((candidate) => mayBear(row, candidate));
      if (one !== undefined) this.matches[index] = { type: 'swallowed', id: one.id };
    }
  }

  /** Links open rows with open candidates that share a text with each other, and with nobody else. */
  link(
    candidates: readonly Candidate[],
    textsOfRow: (row: BaseRow) => readonly string[],
    textsOf: (candidate: Candidate) => readonly string[],
  ): void {
    const open = candidates.filter((candidate) => !this.#linked.has(candidate));
    if (open.length === 0) return;
    const byText = groupedBy(open, textsOf);
    const found = [...this.#open()].flatMap(([index, row]) => {
      const sharing = new Set(textsOfRow(row).flatMap((text) => byText.get(text) ?? []));
      const possible = [...sharing].filter((candidate) => mayBear(row, candidate));
      return possible.length === 0 ? [] : [{ index, possible }];
    });
    const rowsOf = new Map<Candidate, number>();
    for (const one of found.flatMap(({ possible }) => possible)) rowsOf.set(one, (rowsOf.get(one) ?? 0) + 1);
    for (const { index, possible } of found) {
      const [one] = possible;
      if (one !== undefined && possible.length === 1 && rowsOf.get(one) === 1 && this.#isFree(one, index)) {
        this.matches[index] = { type: 'linked', id: one.id };
        this.#linked.add(one);
        continue;
      }
      this.matches[index] = { type: 'ambiguous', ids: possible.map(({ id }) => id) };
      for (const candidate of possible) this.#contested.add(candidate);
    }
  }

  /** Whether no other row may be it, and it is known to have the name of this one, if it shares that. */
  #isFree(candidate: Candidate, index: number): boolean {
    const isInFlight = candidate.nameInFlight === nameOf(this.#rows[index] as BaseRow);
    return !isInFlight && !this.#contested.has(candidate);
  }

  /** Leaves open who has the name of one of the candidates. */
  dispute(candidates: readonly Candidate[]): void {
    const byName = groupedBy(
      candidates.filter((candidate) => !this.#linked.has(candidate)),
      namesOf,
    );
    for (const [index, row] of this.#open()) {
      const possible = byName.get(nameOf(row));
      if (possible !== undefined) this.matches[index] = { type: 'ambiguous', ids: possible.map(({ id }) => id) };
    }
  }

  /** The rows that are nobody yet, with their indexes. */
  *#open(): Generator<readonly [number, BaseRow]> {
    for (const [index, row] of this.#rows.entries()) if (this.matches[index] === undefined) yield [index, row];
  }
}

/** In a base with ids, a name says nothing of somebody whose id is known. */
function mayBear({ entity }: BaseRow, { isKnown }: Candidate): boolean {
  return !isKnown || entity.id === undefined;
}

function nameOf({ entity }: BaseRow): string {
  return foldCase(entity.name);
}

function namesOfRow(row: BaseRow): readonly string[] {
  return [nameOf(row)];
}

function namesOf({ names, nameInFlight }: Candidate): readonly string[] {
  return [...names.map(foldCase), ...(nameInFlight === undefined ? [] : [nameInFlight])];
}

function emailsOfRow({ entity }: BaseRow): readonly string[] {
  return (fromEmailFacts(entity) ?? []).map(({ value }) => foldKey(String(value)));
}

function emailsOf({ emails }: Candidate): readonly string[] {
  return emails.map(foldKey);
}

function groupedBy(
  candidates: readonly Candidate[],
  textsOf: (candidate: Candidate) => readonly string[],
): ReadonlyMap<string, readonly Candidate[]> {
  const groups = new Map<string, Candidate[]>();
  for (const candidate of candidates) {
    for (const text of new Set(textsOf(candidate))) {
      const same = groups.get(text);
      if (same === undefined) groups.set(text, [candidate]);
      else same.push(candidate);
    }
  }
  return groups;
}
