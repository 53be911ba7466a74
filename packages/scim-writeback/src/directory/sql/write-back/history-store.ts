import { type Kysely, sql } from 'kysely';
import { foldCase } from '../../../protocol/text/fold-case.ts';
import type { ChangedFacts } from '../../directory.ts';
import type { HistoryEntry, HistoryStore, HistorySubject } from '../../history.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { nameAttributes } from './read-changes-since.ts';

type OfOrganization = Pick<Scope, 'organization'>;

const rowsAtATime = 2000;
const columns = [
  'revision',
  'kind',
  'id',
  'operation',
  'facts',
  'actor',
  'request_id as requestId',
  'origin',
  'at',
] as const;

/** The history of one organization in a database. Finding by name reads all changes that gave somebody a name. */
export function sqlHistoryStore(db: Kysely<Tables>, scope: OfOrganization): HistoryStore {
  return {
    async find(text) {
      const ids = new Set([text, ...(await idsOfName(db, scope, text))]);
      const subjects = await Promise.all([...ids].map((id) => subjectOf(db, scope, id)));
      return subjects
        .filter((one) => one !== undefined)
        .toSorted((left, right) => left.madeAt - right.madeAt)
        .map(({ subject }) => subject);
    },
    async changes({ id }) {
      const own = await changesOf(db, scope).where('id', '=', id).orderBy('revision').execute();
      const memberships = await membershipsOf(db, scope, id);
      // Who is deleted has left all groups.
      const deletedAt = own.find(({ operation }) => operation === 'delete')?.revision ?? Number.POSITIVE_INFINITY;
      const known = memberships.filter(({ revision }) => revision < deletedAt);
      const rows = [...own, ...known].toSorted((left, right) => left.revision - right.revision);
      return rows.map(({ facts, ...row }): HistoryEntry => ({ ...row, facts: JSON.parse(facts) }));
    },
  };
}

function changesOf(db: Kysely<Tables>, { organization }: OfOrganization) {
  return db.selectFrom('changes').select(columns).where('organization', '=', organization);
}

/** Who was ever called so. */
async function idsOfName(db: Kysely<Tables>, scope: OfOrganization, text: string): Promise<readonly string[]> {
  const wanted = foldCase(text);
  const found = new Set<string>();
  for (let after = 0; ; ) {
    const rows = await changesOf(db, scope)
      .where('revision', '>', after)
      .where('operation', '!=', 'delete')
      .where((build) =>
        build.or(Object.values(nameAttributes).map((name) => sql<boolean>`instr(facts, ${JSON.stringify(name)}) > 0`)),
      )
      .orderBy('revision')
      .limit(rowsAtATime)
      .execute();
    for (const { id, kind, facts } of rows) {
      const name = (JSON.parse(facts) as ChangedFacts).attributes?.[nameAttributes[kind]];
      if (typeof name === 'string' && foldCase(name) === wanted) found.add(id);
    }
    after = rows.at(-1)?.revision ?? after;
    if (rows.length < rowsAtATime) return [...found];
  }
}

async function subjectOf(
  db: Kysely<Tables>,
  scope: OfOrganization,
  id: string,
): Promise<{ readonly subject: HistorySubject; readonly madeAt: number } | undefined> {
  const rows = await changesOf(db, scope).where('id', '=', id).orderBy('revision').execute();
  const [first] = rows;
  if (first === undefined) return undefined;
  const names = rows.flatMap(({ kind, facts }) => {
    const name = (JSON.parse(facts) as ChangedFacts).attributes?.[nameAttributes[kind]];
    return typeof name === 'string' ? [name] : [];
  });
  const deletedAt = rows.find(({ operation }) => operation === 'delete')?.revision;
  return { subject: { kind: first.kind, id, name: names.at(-1), deletedAt }, madeAt: first.revision };
}

/** Changes of groups that somebody came into or went out of. */
async function membershipsOf(db: Kysely<Tables>, scope: OfOrganization, id: string) {
  const rows = await changesOf(db, scope)
    .where('kind', '=', 'Group')
    .where('id', '!=', id)
    .where(sql<boolean>`instr(facts, ${JSON.stringify(id)}) > 0`)
    .orderBy('revision')
    .execute();
  const groupName = new Map<string, string | undefined>();
  for (const { id: group } of rows) {
    if (!groupName.has(group)) groupName.set(group, (await subjectOf(db, scope, group))?.subject.name);
  }
  const memberships = rows.flatMap((row) => {
    const facts = JSON.parse(row.facts) as ChangedFacts;
    const came = facts.membersAdded?.includes(id) ?? false;
    const went = facts.membersRemoved?.includes(id) ?? false;
    if (!came && !went) return [];
    // Of the others who came and went in the same change nothing is told.
    const own = { ...(came && { membersAdded: [id] }), ...(went && { membersRemoved: [id] }) };
    return [{ ...row, facts: JSON.stringify(own), groupName: groupName.get(row.id), isMember: came }];
  });
  const last = new Map(memberships.map((row) => [row.id, row]));
  const groups = [...last.values()].filter(({ isMember }) => isMember).map((row) => row.id);
  // Of a group that is deleted no member is logged as leaving it.
  const deletions = await changesOf(db, scope)
    .where('id', 'in', idsOf(JSON.stringify(groups)))
    .where('operation', '=', 'delete')
    .execute();
  const facts = JSON.stringify({ membersRemoved: [id] });
  const ends = deletions.map((row) => ({ ...row, facts, groupName: groupName.get(row.id) }));
  return [...memberships.map(({ isMember: _, ...row }) => row), ...ends];
}
