import { type Kysely, sql } from 'kysely';
import { foldCase } from '../../../protocol/text/fold-case.ts';
import type { ResourceKind } from '../../directory.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

/** Resources that an open intent has: what the application knows of them is about to change, or nobody can say. */
export interface Locks {
  /** Ids of resources whose facts are in flight. */
  readonly facts: ReadonlySet<string>;
  /** Those of them that may be gone when the intent is done: their memberships are in flight, too. */
  readonly existence: ReadonlySet<string>;
  /** Names that some of them are about to get, or to be made with, folded with `foldCase`, by id. */
  readonly names: Readonly<Record<ResourceKind, ReadonlyMap<string, string>>>;
}

/** Of a change or a creation: effects can be long, and are not read for this. */
const newName = sql<string | null>`case when effect ->> '$.type' <> 'delete' then
  case kind when 'User' then effect ->> '$.attributes.userName' else effect ->> '$.attributes.displayName' end end`.as(
  'name',
);

/** Reads what open intents, and those that need attention, are about. */
export async function readLocks(db: Kysely<Tables>, { organization }: Pick<Scope, 'organization'>): Promise<Locks> {
  const rows = await db
    .selectFrom('intents')
    .innerJoin('intent_contents', (join) =>
      join
        .onRef('intent_contents.organization', '=', 'intents.organization')
        .onRef('intent_contents.id', '=', 'intents.id'),
    )
    .select(['kind', 'resource_id', 'users_removed', 'groups_removed', newName])
    .where('intents.organization', '=', organization)
    .where('state', 'in', ['open', 'needs-attention'])
    .execute();
  const leaving = rows.filter(({ users_removed, groups_removed }) => users_removed + groups_removed > 0);
  const namesOf = (kind: ResourceKind) =>
    new Map(
      rows.flatMap((row) =>
        row.kind === kind && row.name !== null ? [[row.resource_id, foldCase(row.name)] as const] : [],
      ),
    );
  return {
    facts: new Set(rows.map(({ resource_id }) => resource_id)),
    existence: new Set(leaving.map(({ resource_id }) => resource_id)),
    names: { User: namesOf('User'), Group: namesOf('Group') },
  };
}
