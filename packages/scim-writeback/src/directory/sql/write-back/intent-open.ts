import { randomUUID } from 'node:crypto';
import { foldKey } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import { ScimError } from '../../../protocol/errors/scim-error.ts';
import type { ResourceKind } from '../../directory.ts';
import { removalsOf } from '../../removals.ts';
import { type Intent, type IntentRequest, longestLeaseMs, type Opened, type OpenOptions } from '../../write-back.ts';
import { compileOnce } from '../compile-once.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { nameAsKey } from './group-names.ts';
import { attributeDelta, digestOf, type KeptEffect, type UniqueValue } from './intent-effect.ts';
import { overLimit } from './intent-limits.ts';
import { addingIntent, deletingIntent, nestingIntent, reservedBy } from './intent-obstacles.ts';
import { reservedValues, takeValues, valuesOf } from './intent-reservations.ts';
import { contentOf, epochMs, selectIntents, toEffect, toIntent, unsettled } from './intent-rows.ts';
import { type Trial, tryOut } from './intent-trial.ts';
import { liveKeys } from './link-rows.ts';

type Changing = Extract<Trial, { changes: true }>;

/** See `IntentStore.open`. */
export async function openIntent(
  db: Kysely<Tables>,
  scope: Scope,
  request: IntentRequest,
  options: OpenOptions,
): Promise<Opened> {
  const locked = request.type === 'create' ? await sameCreate(db, scope, request, options) : undefined;
  if (locked !== undefined) return { type: 'locked', by: locked, joins: true };
  const lock = request.type === 'create' ? undefined : await lockOf(db, scope, request.kind, request.id);
  if (lock !== undefined) return lockedBy(db, scope, request, lock, options);
  const id = request.type === 'create' ? await freshId(db, scope, request.kind) : request.id;
  const trial = await tryBesideOthers(db, scope, request, id, options);
  if (!trial.changes) return { type: 'unchanged', resource: trial.resource };
  const keys = request.kind === 'Group' ? await nameAsKey(db, scope, id, trial.kept.attributes) : [];
  const reserved = await newValues(db, scope, id, [...trial.values, ...keys]);
  const obstacle = await obstacleTo(db, scope, id, trial, reserved);
  if (obstacle !== undefined) return { type: 'locked', by: obstacle, joins: false };
  const over = await overLimit(db, scope, removalsOf(trial.effect), options);
  if (over !== undefined) return over;
  return { type: 'opened', intent: await insertIntent(db, scope, request, id, trial, reserved, options) };
}

/** A create of the same resource by the same credential whose end is not known. */
async function sameCreate(
  db: Kysely<Tables>,
  scope: Scope,
  request: Extract<IntentRequest, { type: 'create' }>,
  { context }: OpenOptions,
): Promise<Intent | undefined> {
  const { kind, resource } = request;
  const digest = digestOf(
    context.actor,
    { kind, id: undefined },
    {
      type: 'create',
      attributes: attributeDelta(Object.create(null), resource.attributes),
      added: (resource.members ?? []).map((member) => member.id),
      removed: [],
    },
  );
  const [row] = await selectByDigest(db, { organization: scope.organization, digest });
  return row && toIntent(row);
}

const selectByDigest = compileOnce((db, given: { organization: string; digest: string }) =>
  selectIntents(db, given).where('digest', '=', given.digest).where(unsettled),
);

const selectLock = compileOnce((db, given: { organization: string; kind: ResourceKind; id: string }) =>
  selectIntents(db, given)
    .select(contentOf('effect'))
    .where('resource_id', '=', given.id)
    .where('kind', '=', given.kind)
    .where(unsettled),
);

async function lockOf(db: Kysely<Tables>, scope: Scope, kind: ResourceKind, id: string) {
  const [row] = await selectLock(db, { organization: scope.organization, kind, id });
  return row;
}

/** A request that does not fit the present state may fit the one after the intent: it waits like any other. */
async function lockedBy(
  db: Kysely<Tables>,
  scope: Scope,
  request: IntentRequest,
  lock: NonNullable<Awaited<ReturnType<typeof lockOf>>>,
  { context }: OpenOptions,
): Promise<Opened> {
  const by = toIntent(lock);
  const { reserved } = toEffect(lock.effect);
  try {
    const trial = await tryOut(db, scope, request, by.resourceId, context, reserved);
    const joins = trial.changes && digestOfTrial(request, by.resourceId, trial, context.actor) === by.digest;
    return { type: 'locked', by, joins };
  } catch (error) {
    if (error instanceof ScimError) return { type: 'locked', by, joins: false };
    throw error;
  }
}

/** Unique values that an intent has only reserved do not make a request wrong: it may be right when that is closed. */
async function tryBesideOthers(
  db: Kysely<Tables>,
  scope: Scope,
  request: IntentRequest,
  id: string,
  { context }: OpenOptions,
): Promise<Trial> {
  try {
    return await tryOut(db, scope, request, id, context, []);
  } catch (error) {
    if (!(error instanceof ScimError && error.scimType === 'uniqueness')) throw error;
    const reserved = await reservedValues(db, scope);
    if (reserved.length === 0) throw error;
    return tryOut(db, scope, request, id, context, reserved);
  }
}

/** Another intent that has to be closed first. */
async function obstacleTo(
  db: Kysely<Tables>,
  scope: Scope,
  id: string,
  { kept, nests }: Changing,
  wanted: readonly UniqueValue[],
): Promise<Intent | undefined> {
  const { type, membersAdded } = kept;
  return (
    (await reservedBy(db, scope, wanted)) ??
    (nests ? await nestingIntent(db, scope) : undefined) ??
    (type === 'delete' ? await addingIntent(db, scope, id) : undefined) ??
    (await deletingIntent(
      db,
      scope,
      membersAdded.map((member) => member.id),
    ))
  );
}

/** What the resource would have of unique values and has not yet, each once. */
async function newValues(
  db: Kysely<Tables>,
  scope: Scope,
  id: string,
  values: readonly UniqueValue[],
): Promise<readonly UniqueValue[]> {
  const textOf = ({ attribute, value }: UniqueValue) => `${attribute}\n${value}`;
  const fresh = new Map(values.map((value) => [textOf(value), value]));
  for (const value of await valuesOf(db, scope, id)) fresh.delete(textOf(value));
  return [...fresh.values()];
}

/** An id that no payload knows a live resource of the kind by: it will be the key of the new one. */
async function freshId(db: Kysely<Tables>, scope: Scope, kind: ResourceKind): Promise<string> {
  for (;;) {
    const id = scope.newId();
    if ((await liveKeys(db, scope, kind, [foldKey(id)])).length === 0) return id;
  }
}

function digestOfTrial(request: IntentRequest, id: string, { kept }: Changing, actor: string): string {
  const resource = { kind: request.kind, id: request.type === 'create' ? undefined : id };
  const added = kept.membersAdded.map((member) => member.id);
  return digestOf(actor, resource, { ...kept, added, removed: kept.membersRemoved });
}

const insertRow = compileOnce((db, given: Omit<Tables['intents'], 'reason'>) =>
  db.insertInto('intents').values({
    organization: given.organization,
    id: given.id,
    kind: given.kind,
    resource_id: given.resource_id,
    done: given.done,
    asked: given.asked,
    actor: given.actor,
    request_id: given.request_id,
    origin: given.origin,
    digest: given.digest,
    state: given.state,
    owner: given.owner,
    attempt: given.attempt,
    lease_until: given.lease_until,
    opened_at: given.opened_at,
    nests: given.nests,
    users_removed: given.users_removed,
    groups_removed: given.groups_removed,
    memberships_removed: given.memberships_removed,
  }),
);

const insertContents = compileOnce((db, given: Tables['intent_contents']) =>
  db.insertInto('intent_contents').values({
    organization: given.organization,
    id: given.id,
    operations: given.operations,
    effect: given.effect,
  }),
);

async function insertIntent(
  db: Kysely<Tables>,
  scope: Scope,
  request: IntentRequest,
  resourceId: string,
  trial: Changing,
  reserved: readonly UniqueValue[],
  { context, owner, leaseMs, plan }: OpenOptions,
): Promise<Intent> {
  const { effect, kept, nests } = trial;
  await takeValues(db, scope, reserved);
  const operations = plan(effect);
  const removals = removalsOf(effect);
  const now = epochMs(scope);
  const row = {
    organization: scope.organization,
    id: randomUUID(),
    kind: request.kind,
    resource_id: resourceId,
    done: 0,
    // Whoever opens an intent asks at once: a note of that before each call would cost a commit.
    asked: 1,
    native_id: null,
    refusal: null,
    actor: context.actor,
    request_id: context.requestId,
    origin: context.origin,
    digest: digestOfTrial(request, resourceId, trial, context.actor),
    state: 'open' as const,
    owner,
    attempt: 1,
    lease_until: now + Math.min(leaseMs, longestLeaseMs),
    opened_at: now,
    closed_at: null,
    reason: null,
    nests: nests ? 1 : 0,
    users_removed: removals.users,
    groups_removed: removals.groups,
    memberships_removed: removals.memberships,
  };
  await insertRow(db, row);
  await insertContents(db, {
    organization: row.organization,
    id: row.id,
    operations: JSON.stringify(operations),
    effect: JSON.stringify({ ...kept, reserved } satisfies KeptEffect),
  });
  // What is in memory need not be read again.
  return { ...toIntent({ ...row, operations: '[]' }), operations };
}
