import type { Kysely } from 'kysely';
import { disputeGroupsInMaking } from '../../../base/merge/dispute-groups-in-making.ts';
import { disputeNamesInFlight } from '../../../base/merge/dispute-names-in-flight.ts';
import { disputePassedNames } from '../../../base/merge/dispute-passed-names.ts';
import { disputeSwallowedRows } from '../../../base/merge/dispute-swallowed-rows.ts';
import { followRenames } from '../../../base/merge/follow-renames.ts';
import { matchByKey } from '../../../base/merge/match-by-key.ts';
import { type ContactAttribute, matchByName } from '../../../base/merge/match-by-name.ts';
import type { Base, BaseRow } from '../../../base/merge/read-base.ts';
import type { FirstContact } from '../../bases.ts';
import type { ResourceKind } from '../../directory.ts';
import type { BaseLinking } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { allocateIds } from './allocate-ids.ts';
import type { Links } from './link-state.ts';
import { type LinkedRows, Linking, type NewRow } from './linked-rows.ts';
import { readCandidates } from './read-candidates.ts';
import { type DirectoryChanges, readNamesSince } from './read-changes-since.ts';
import type { Locks } from './read-locks.ts';
import { readNames } from './read-names.ts';
import { readShownLinks } from './read-shown-links.ts';

export interface LinkBaseInput {
  readonly base: Base;
  readonly previous: { readonly base: Base; readonly linking: BaseLinking } | undefined;
  readonly links: Links;
  readonly changes: DirectoryChanges;
  readonly locks: Locks;
  /** The organization's revision before the extraction began. */
  readonly asOf: number;
  readonly contact: FirstContact | undefined;
}

/** Finds out who the rows of a kind are, and gives ids to those that are new. Writes nothing. */
export async function linkRows(
  db: Kysely<Tables>,
  scope: Scope,
  kind: ResourceKind,
  { base, previous, links, changes, locks, asOf, contact }: LinkBaseInput,
  givenIds: Set<string>,
): Promise<LinkedRows> {
  const list = kind === 'User' ? 'users' : 'groups';
  const rows: readonly BaseRow[] = base[list];
  const previousRows: readonly BaseRow[] = previous?.base[list] ?? [];
  const known = links[kind];
  const isKeyedByName = rows.some(({ entity }) => entity.id === undefined);
  const names = isKeyedByName ? await readNames(db, scope, kind) : new Map<string, string>();
  const linked = new Map(
    previousRows.map((row, index) => [row.foldedKey, { row, id: previous?.linking[list][index] ?? null }]),
  );
  const renamed = changes.renamed.filter((one) => one.kind === kind);
  const readFormerNames = () => readNamesSince(db, scope, renamed, asOf);
  const namesSince = isKeyedByName ? await readFormerNames() : undefined;
  const since = { asOf, renamed: new Map(renamed.map(({ id }) => [id, namesSince?.get(id) ?? []])) };
  const keys = new Set([...rows.map(({ foldedKey }) => foldedKey), ...linked.keys()]);
  // Who was deleted before is in no row.
  const current = [...known.values()].filter((link) => link.state === 'live' || link.since > asOf);
  const shown = await readShownLinks(db, scope, kind, current, keys, isKeyedByName);
  const followed = isKeyedByName ? followRenames(rows, current, linked, since, names, shown) : current;
  const byKey = matchByKey({ rows, links: followed, shown });
  const matches =
    namesSince === undefined
      ? [...byKey]
      : [...disputePassedNames(rows, disputeNamesInFlight(rows, byKey, names, locks.names[kind]), namesSince)];
  const open = [...matches.keys()].filter((index) => matches[index] === undefined);
  if (open.length > 0) {
    const matched = new Set(
      matches.flatMap((match) => (match === undefined || match.type === 'ambiguous' ? [] : [match.id])),
    );
    const candidates = await readCandidates(db, scope, {
      kind,
      links: known,
      matched,
      renamed,
      formerNames: namesSince ?? (await readFormerNames()),
      namesInFlight: locks.names[kind],
    });
    const found = matchByName(
      open.map((index) => rows[index] as BaseRow),
      candidates,
      contactAttributes(kind, contact),
      new Set(matches.flatMap((match) => (match?.type === 'ambiguous' ? match.ids : []))),
    );
    for (const [place, index] of open.entries()) matches[index] = found[place];
  }
  const inMaking = new Set([...locks.names.Group].flatMap(([id, name]) => (known.has(id) ? [] : [name])));
  const told = kind === 'Group' ? disputeGroupsInMaking(rows, matches, inMaking) : matches;
  const then = new Map([...names].filter(([id]) => !changes.facts.hasExistence(id)));
  const settled = namesSince === undefined ? told : disputeSwallowedRows(rows, told, namesSince, then);
  const linking = new Linking(kind, known, changes, names);
  for (const [index, match] of settled.entries()) if (match !== undefined) linking.enter(rows, index, match);
  const fresh = open.filter((index) => settled[index] === undefined);
  const ids = await allocateIds(
    db,
    scope,
    kind,
    fresh.map((index) => rows[index] as BaseRow),
    givenIds,
  );
  const created = fresh.map(
    (index, place): NewRow => ({ index, row: rows[index] as BaseRow, id: ids[place] as string }),
  );
  return linking.result(rows.length, created);
}

function contactAttributes(kind: ResourceKind, contact: FirstContact = {}): readonly ContactAttribute[] {
  const { users = ['userName', 'emails'], groups = ['displayName'] } = contact;
  if (kind === 'Group') return groups.map(() => 'name');
  return users.map((attribute) => (attribute === 'userName' ? 'name' : attribute));
}
