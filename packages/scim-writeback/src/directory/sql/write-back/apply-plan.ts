import { foldKey } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import type { Mappings } from '../../../base/merge/read-base.ts';
import { Turns } from '../../../turns/turns.ts';
import type { BaseChanges, BaseNotice } from '../../bases.ts';
import type { ChangeContext } from '../../directory.ts';
import { deleteResource } from '../delete-resource.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { applyCreations } from './apply-creations.ts';
import { applyMembers } from './apply-members.ts';
import { applyUpdates } from './apply-updates.ts';
import type { BasePlan, PlannedCreation } from './base-plan.ts';
import { createLink, linkId, tombstoneLink } from './link-rows.ts';

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
  /** Whether a member of a group is a user. */
  readonly isUser: (id: string) => boolean;
}

/** Changes the directory as a plan says, one change row for each change. No adapter is called: it happened there already. */
export async function applyPlan(
  db: Kysely<Tables>,
  scope: Scope,
  plan: BasePlan,
  { mappings, context, since, isUser }: ApplyOptions,
): Promise<AppliedPlan> {
  const notices: BaseNotice[] = [];
  const turns = new Turns();
  // Who has no key of a row has the own id, which is nobody else's key therefore.
  const ids = new Set(plan.newLinks.map(({ kind, id }) => linkId(kind, foldKey(id))));
  const link = async ({ kind, id, key, nativeId }: BasePlan['newLinks'][number]) => {
    const isFree = !ids.has(linkId(kind, foldKey(key)));
    // Somebody who is called otherwise by now may have the key for ever.
    if (isFree && (await createLink(db, scope, { kind, id, key, nativeId, since }))) return;
    if (await createLink(db, scope, { kind, id, key: id, nativeId, since })) return;
    throw new Error(`A live ${kind} has the key ${id} already.`);
  };
  for (const { kind, id } of plan.deletions) {
    if (turns.isOver) await turns.next();
    await deleteResource(db, scope, kind, id, () => undefined, context);
    // Not the revision of the deletion: bases that were extracted since then show who came back.
    await tombstoneLink(db, scope, kind, id, since);
  }
  for (const one of plan.newLinks) {
    if (turns.isOver) await turns.next();
    await link(one);
  }
  const updates = await applyUpdates(db, scope, plan.updates, { mappings, context, turns });
  notices.push(...updates.notices);
  const { apart, notices: creationNotices } = await applyCreations(
    db,
    scope,
    { creations: plan.creations, context, since },
    turns,
  );
  notices.push(...creationNotices);
  const missing = new Set(apart.map(({ id }) => id));
  const members = await applyMembers(db, scope, plan.members, { missing, isUser, context, turns });
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
