import { setImmediate } from 'node:timers/promises';
import type { Kysely } from 'kysely';
import type { Mappings } from '../../../base/merge/read-base.ts';
import type { BaseChanges, BaseNotice } from '../../bases.ts';
import type { ChangeContext } from '../../directory.ts';
import { createResource } from '../create-resource.ts';
import { deleteResource } from '../delete-resource.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { applyMembers } from './apply-members.ts';
import { applyUpdates } from './apply-updates.ts';
import type { BasePlan, PlannedCreation } from './base-plan.ts';
import { inSavepoint } from './in-savepoint.ts';
import { createLink, tombstoneLink } from './link-rows.ts';
import { rowResource, valueTaken, valueUnusable } from './row-resource.ts';

/** Readers of this process have their turn after so many changes. */
const changesPerTurn = 200;

/** What a plan came to. */
export interface AppliedPlan {
  readonly changes: BaseChanges;
  readonly notices: readonly BaseNotice[];
  /** Rows that are published apart, since they could not become resources. */
  readonly apart: readonly PlannedCreation[];
}

export interface ApplyOptions {
  readonly mappings: Mappings;
  readonly context: ChangeContext;
  /** From where on the links hold: the organization's revision before the extraction began. What it shows was so by then or since. */
  readonly since: number;
}

/** Changes the directory as a plan says, one change row for each change. No adapter is called: it happened there already. */
export async function applyPlan(
  db: Kysely<Tables>,
  scope: Scope,
  plan: BasePlan,
  { mappings, context, since }: ApplyOptions,
): Promise<AppliedPlan> {
  const notices: BaseNotice[] = [];
  const link = async ({ kind, id, key, nativeId }: BasePlan['newLinks'][number]) => {
    const isMade = await createLink(db, scope, { kind, id, key, nativeId, since });
    // Somebody who is called otherwise by now has the key for ever.
    if (!isMade) await createLink(db, scope, { kind, id, key: id, nativeId, since });
  };
  for (const [index, { kind, id }] of plan.deletions.entries()) {
    if (index % changesPerTurn === 0) await setImmediate();
    await deleteResource(db, scope, kind, id, () => undefined, context);
    // Not the revision of the deletion: bases that were extracted since then show who came back.
    await tombstoneLink(db, scope, kind, id, since);
  }
  for (const one of plan.newLinks) await link(one);
  const updates = await applyUpdates(db, scope, plan.updates, mappings, context);
  notices.push(...updates.notices);
  const apart: PlannedCreation[] = [];
  for (const [index, creation] of plan.creations.entries()) {
    if (index % changesPerTurn === 0) await setImmediate();
    const { kind, id, row } = creation;
    const { attributes, isNamed } = rowResource(kind, row, mappings);
    const isMade =
      isNamed &&
      (await inSavepoint(db, async () => {
        await createResource(db, { ...scope, newId: () => id }, kind, { attributes }, context);
        await link({ kind, id, key: row.key, nativeId: row.key });
        return true;
      }));
    if (isMade) continue;
    apart.push(creation);
    notices.push(isNamed ? valueTaken(kind, row) : valueUnusable(kind, row));
  }
  const missing = new Set(apart.map(({ id }) => id));
  const members = await applyMembers(db, scope, plan.members, missing, context);
  notices.push(...members.notices);
  return {
    changes: {
      created: plan.creations.length - apart.length,
      updated: updates.count,
      deleted: plan.deletions.length,
      membersAdded: members.added,
      membersRemoved: members.removed,
    },
    notices,
    apart,
  };
}
