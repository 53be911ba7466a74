import { type Kysely, sql } from 'kysely';
import { ScimError } from '../../../protocol/errors/scim-error.ts';
import type { ChangeContext, ChangedFacts, ResourceKind, StoredResource } from '../../directory.ts';
import type { IntendedEffect, IntentRequest, MemberSnapshot } from '../../write-back.ts';
import { createResource } from '../create-resource.ts';
import { deleteResource } from '../delete-resource.ts';
import { findForChange } from '../find-resource.ts';
import { readChanges, readRevision } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { updateResource } from '../update-resource.ts';
import { attributeDelta, type KeptEffect, type UniqueValue } from './intent-effect.ts';
import { giveBackValues, valuesOf } from './intent-reservations.ts';
import { memberKinds, memberSnapshots, snapshotOf } from './intent-snapshots.ts';

/** What a request would come to. */
export type Trial =
  | { readonly changes: false; readonly resource: StoredResource }
  | {
      readonly changes: true;
      readonly effect: IntendedEffect;
      readonly kept: Omit<KeptEffect, 'reserved'>;
      /** The unique values that the resource would have. */
      readonly values: readonly UniqueValue[];
      /** Whether a group would be added to a group. */
      readonly nests: boolean;
    };

type Member = { readonly id: string; readonly kind: ResourceKind };

interface Outcome {
  readonly before: StoredResource | undefined;
  readonly after: StoredResource | undefined;
  readonly changed: boolean;
  readonly facts: ChangedFacts;
  readonly added: readonly Member[];
  readonly values: readonly UniqueValue[];
}

/**
 * Makes a change as the directory does, looks at what came of it and takes it back: so what the application is asked for is
 * what the directory would do.
 *
 * @param id of the resource, also of one that is to be made
 * @param setAside unique values that count as free meanwhile
 * @throws ScimError as `OrganizationDirectory`
 */
export async function tryOut(
  db: Kysely<Tables>,
  scope: Scope,
  request: IntentRequest,
  id: string,
  context: ChangeContext,
  setAside: readonly UniqueValue[],
): Promise<Trial> {
  const openedAfter = await readRevision(db, scope.organization);
  const { before, after, changed, facts, added, values } = await withoutTrace(db, async () => {
    await giveBackValues(db, scope, setAside);
    return makeChange(db, scope, request, id, context);
  });
  if (after !== undefined && !changed) return { changes: false, resource: after };
  const { membersRemoved = [] } = facts;
  const removed = await memberKinds(db, scope, id, membersRemoved);
  const joining = await memberSnapshots(db, scope, added);
  const leaving = await memberSnapshots(db, scope, removed);
  const members = { membersAdded: joining.snapshots, membersRemoved: leaving.snapshots };
  const nothing = Object.create(null);
  return {
    changes: true,
    effect: await effectOf(db, scope, before, after, members),
    kept: {
      type: request.type,
      openedAfter,
      attributes: after === undefined ? nothing : attributeDelta(before?.attributes ?? nothing, after.attributes),
      membersAdded: added.map((member) => ({ ...member, known: joining.known.has(member.id) })),
      membersRemoved,
    },
    values,
    nests: request.type === 'update' && added.some(({ kind }) => kind === 'Group'),
  };
}

/** Runs `work` and takes back what it wrote, also where it is refused. What else it throws ends the transaction. */
async function withoutTrace<T>(db: Kysely<Tables>, work: () => Promise<T>): Promise<T> {
  await sql`savepoint trial`.execute(db);
  const takeBack = async () => {
    await sql`rollback to savepoint trial`.execute(db);
    await sql`release savepoint trial`.execute(db);
  };
  try {
    const outcome = await work();
    await takeBack();
    return outcome;
  } catch (error) {
    if (error instanceof ScimError) await takeBack();
    throw error;
  }
}

async function makeChange(
  db: Kysely<Tables>,
  scope: Scope,
  request: IntentRequest,
  id: string,
  context: ChangeContext,
): Promise<Outcome> {
  const { kind } = request;
  const before = request.type === 'create' ? undefined : await findForChange(db, scope, kind, id);
  const nothing: Outcome = { before, after: before, changed: false, facts: {}, added: [], values: [] };
  let after: StoredResource | undefined;
  switch (request.type) {
    case 'create':
      after = await createResource(db, { ...scope, newId: () => id }, kind, request.resource, context);
      break;
    case 'update': {
      const { resource, changed } = await updateResource(db, scope, kind, id, request.decide, context);
      if (!changed) return nothing;
      after = resource;
      break;
    }
    case 'delete':
      await deleteResource(db, scope, kind, id, request.check, context);
      break;
  }
  const facts = await lastFacts(db, scope);
  return {
    before,
    after,
    changed: true,
    facts,
    added: await memberKinds(db, scope, id, facts.membersAdded ?? []),
    values: await valuesOf(db, scope, id),
  };
}

/** What the change that was just made is logged with. */
export async function lastFacts(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
): Promise<ChangedFacts> {
  const revision = await readRevision(db, organization);
  const [change] = await readChanges(db, organization, revision - 1, 1);
  return change?.facts ?? {};
}

async function effectOf(
  db: Kysely<Tables>,
  scope: Scope,
  before: StoredResource | undefined,
  after: StoredResource | undefined,
  members: { readonly membersAdded: readonly MemberSnapshot[]; readonly membersRemoved: readonly MemberSnapshot[] },
): Promise<IntendedEffect> {
  if (before === undefined) {
    if (after === undefined) throw new TypeError('A change is one of a resource.');
    const { kind, id, attributes } = after;
    const { membersAdded } = members;
    return { type: 'create', after: { kind, id, key: id, nativeId: undefined, attributes }, membersAdded };
  }
  const snapshot = await snapshotOf(db, scope, before);
  if (after === undefined) return { type: 'delete', before: snapshot };
  return { type: 'update', before: snapshot, after: { ...snapshot, attributes: after.attributes }, ...members };
}
