import { type Kysely, sql } from 'kysely';
import { ScimError } from '../../../protocol/errors/scim-error.ts';
import type { ResourceKind, StoredResource } from '../../directory.ts';
import type { Applied, Intent } from '../../write-back.ts';
import { compileOnce } from '../compile-once.ts';
import { createResource } from '../create-resource.ts';
import { deleteResource } from '../delete-resource.ts';
import { findResource } from '../find-resource.ts';
import { readRevision } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { updateResource } from '../update-resource.ts';
import { applyAttributeDelta, type KeptEffect } from './intent-effect.ts';
import { giveBackValues } from './intent-reservations.ts';
import { epochMs, heldIntent, readEffect } from './intent-rows.ts';
import { presentIds } from './intent-snapshots.ts';
import { lastFacts } from './intent-trial.ts';
import { createLink, tombstoneLink } from './link-rows.ts';

type Closing = Pick<
  Tables['intents'],
  'organization' | 'id' | 'owner' | 'attempt' | 'closed_at' | 'done' | 'native_id'
>;

const closeApplied = compileOnce((db, given: Closing) =>
  heldIntent(db, given, given)
    .set({ state: 'applied', closed_at: given.closed_at, done: given.done, native_id: given.native_id, reason: null })
    .returning('native_id'),
);

/** Undefined: somebody else has it now. */
export async function closeAsApplied(db: Kysely<Tables>, scope: Scope, intent: Intent, nativeId: string | undefined) {
  const [held] = await closeApplied(db, {
    organization: scope.organization,
    id: intent.id,
    owner: intent.owner,
    attempt: intent.attempt,
    closed_at: epochMs(scope),
    done: intent.operations.length,
    native_id: nativeId ?? intent.nativeId ?? null,
  });
  return held;
}

/** See `IntentStore.apply`. */
export async function applyIntent(
  db: Kysely<Tables>,
  scope: Scope,
  intent: Intent,
  nativeId: string | undefined,
): Promise<Applied | 'needs-attention' | undefined> {
  const held = await closeAsApplied(db, scope, intent, nativeId);
  if (held === undefined) return undefined;
  const effect = await readEffect(db, scope, intent.id);
  await sql`savepoint applying`.execute(db);
  try {
    const applied = await writeEffect(db, scope, intent, effect, held.native_id ?? undefined);
    await sql`release savepoint applying`.execute(db);
    return applied;
  } catch (error) {
    // What else fails takes the whole change back, and the database may have done so already: a full disk is a reason.
    if (!(error instanceof ScimError)) throw error;
    await sql`rollback to savepoint applying`.execute(db);
    await sql`release savepoint applying`.execute(db);
    await db
      .updateTable('intents')
      .set({
        state: 'needs-attention',
        closed_at: null,
        reason: `The application has taken it, the directory cannot: ${error.detail}`,
      })
      .where('organization', '=', scope.organization)
      .where('id', '=', intent.id)
      .execute();
    return 'needs-attention';
  }
}

/**
 * What tx2 writes of an intent that was closed.
 *
 * @throws ScimError for what the directory cannot take
 */
export async function writeEffect(
  db: Kysely<Tables>,
  scope: Scope,
  { kind, resourceId: id, context }: Intent,
  effect: KeptEffect,
  nativeId: string | undefined,
): Promise<Applied> {
  const { organization } = scope;
  // The change takes them itself, by the rules of all changes.
  await giveBackValues(db, scope, effect.reserved);
  if (effect.type === 'create') {
    const absorbed = await absorbedMeanwhile(db, scope, kind, effect, nativeId);
    if (absorbed !== undefined) return { resource: absorbed, facts: {} };
    const attributes = applyAttributeDelta(Object.create(null), effect.attributes);
    const members = (await stillThere(db, scope, effect)).map(({ value, type }) => ({ id: value, kind: type }));
    const resource = await createResource(
      db,
      { ...scope, newId: () => id },
      kind,
      { attributes, ...(kind === 'Group' && { members }) },
      context,
    );
    const since = await readRevision(db, organization);
    const linked = await createLink(db, scope, { kind, id, key: id, nativeId, since });
    if (!linked) throw new Error(`A live ${kind} has the key ${id} already.`);
    return { resource, facts: await lastFacts(db, scope) };
  }
  // A base may have taken it away meanwhile: then there is nothing left to write.
  const current = await findResource(db, scope, kind, id);
  if (current === undefined) return { resource: undefined, facts: {} };
  if (effect.type === 'delete') {
    await deleteResource(db, scope, kind, id, () => undefined, context);
    await tombstoneLink(db, scope, kind, id, await readRevision(db, organization));
    return { resource: undefined, facts: await lastFacts(db, scope) };
  }
  return updateByEffect(db, scope, current, effect, context);
}

const selectAbsorbed = compileOnce(
  (db, given: { organization: string; kind: ResourceKind; nativeId: string; openedAfter: number }) =>
    db
      .selectFrom('links')
      .innerJoin('changes', (join) =>
        join.onRef('changes.organization', '=', 'links.organization').onRef('changes.id', '=', 'links.id'),
      )
      .select('links.id')
      .where('links.organization', '=', given.organization)
      .where('links.kind', '=', given.kind)
      .where('links.native_id', '=', given.nativeId)
      .where('links.state', '=', 'live')
      .where('changes.operation', '=', 'create')
      .where('changes.origin', '=', 'extraction')
      .where('changes.revision', '>', given.openedAfter),
);

/**
 * What the application made may have come in with a base before the application's answer did, under a name that it was
 * given since. It is there once, so it is in the directory once. Which base that was tells when it was accepted, not when it
 * was begun: its extraction may have begun before the request, and seen what came of it.
 */
async function absorbedMeanwhile(
  db: Kysely<Tables>,
  scope: Scope,
  kind: ResourceKind,
  { openedAfter }: KeptEffect,
  nativeId: string | undefined,
): Promise<StoredResource | undefined> {
  if (nativeId === undefined) return undefined;
  const { organization } = scope;
  const [link] = await selectAbsorbed(db, { organization, kind, nativeId, openedAfter });
  return link && findResource(db, scope, kind, link.id);
}

async function updateByEffect(
  db: Kysely<Tables>,
  scope: Scope,
  current: StoredResource,
  effect: KeptEffect,
  context: Intent['context'],
): Promise<Applied> {
  const { membersAdded, membersRemoved } = effect;
  const attributes = applyAttributeDelta(current.attributes, effect.attributes);
  const add = await stillThere(db, scope, effect);
  const members =
    membersAdded.length + membersRemoved.length === 0
      ? undefined
      : [{ replaceAll: false, remove: membersRemoved, removeMatching: [], add }];
  const { kind, id } = current;
  const { resource, changed } = await updateResource(db, scope, kind, id, () => ({ attributes, members }), context);
  return { resource, facts: changed ? await lastFacts(db, scope) : {} };
}

/** The members to add without those that were deleted since. */
async function stillThere(db: Kysely<Tables>, scope: Scope, { membersAdded }: KeptEffect) {
  const known = membersAdded.filter((member) => member.known).map(({ id }) => id);
  const present = await presentIds(db, scope, known);
  return membersAdded
    .filter(({ id, known: wasKnown }) => !wasKnown || present.has(id))
    .map(({ id, kind }) => ({ value: id, type: kind }));
}
