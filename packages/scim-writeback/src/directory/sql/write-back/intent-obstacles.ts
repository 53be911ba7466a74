import { type Kysely, sql } from 'kysely';
import type { Intent } from '../../write-back.ts';
import { chunks } from '../chunks.ts';
import { compileOnce } from '../compile-once.ts';
import { idsOf } from '../id-list.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { UniqueValue } from './intent-effect.ts';
import { holderOf } from './intent-reservations.ts';
import { contentOf, selectIntents, toEffect, toIntent, unsettled } from './intent-rows.ts';

type OfOrganization = Pick<Scope, 'organization'>;

const selectByResource = compileOnce((db, given: { organization: string; id: string }) =>
  selectIntents(db, given).where('resource_id', '=', given.id).where(unsettled),
);

/** An intent that has reserved one of the values. */
export async function reservedBy(
  db: Kysely<Tables>,
  scope: OfOrganization,
  values: readonly UniqueValue[],
): Promise<Intent | undefined> {
  const holder = await holderOf(db, scope, values);
  if (holder === undefined) return undefined;
  const [row] = await selectByResource(db, { organization: scope.organization, id: holder });
  return row && toIntent(row);
}

/** An intent that adds a group to a group: two at a time might make a circle, which neither could see. */
export async function nestingIntent(db: Kysely<Tables>, scope: OfOrganization): Promise<Intent | undefined> {
  const row = await selectIntents(db, scope)
    .where('nests', '=', 1)
    .where('state', '=', 'open')
    .where(unsettled)
    .executeTakeFirst();
  return row && toIntent(row);
}

/**
 * An intent that deletes one of these: added after that, it would be a member of which nobody knows, and whoever is hired
 * again under the old name might be in the group.
 */
export async function deletingIntent(
  db: Kysely<Tables>,
  scope: OfOrganization,
  ids: readonly string[],
): Promise<Intent | undefined> {
  for (const part of chunks(ids)) {
    const rows = await selectIntents(db, scope)
      .select(contentOf('effect'))
      .where('resource_id', 'in', idsOf(JSON.stringify(part)))
      .where('state', '=', 'open')
      .where(unsettled)
      .execute();
    const deleting = rows.find(({ effect }) => toEffect(effect).type === 'delete');
    if (deleting !== undefined) return toIntent(deleting);
  }
  return undefined;
}

/** An intent that adds this to a group: see `deletingIntent`. */
export async function addingIntent(db: Kysely<Tables>, scope: OfOrganization, id: string): Promise<Intent | undefined> {
  const { organization } = scope;
  const open = db
    .selectFrom('intents')
    .select('id')
    .where('organization', '=', organization)
    .where('state', '=', 'open')
    .where(unsettled);
  // Most effects need not be parsed for this. A function of SQLite; another database has another.
  const naming = db
    .selectFrom('intent_contents')
    .select('id')
    .where('organization', '=', organization)
    .where('id', 'in', open)
    .where(sql<boolean>`instr(effect, ${JSON.stringify(id)}) > 0`);
  const rows = await selectIntents(db, scope).select(contentOf('effect')).where('id', 'in', naming).execute();
  const adding = rows.find(({ effect }) => toEffect(effect).membersAdded.some((member) => member.id === id));
  return adding && toIntent(adding);
}
