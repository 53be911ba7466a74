import type { Kysely } from 'kysely';
import { countFacts } from '../../../base/count-facts.ts';
import type { Base, BaseRow, Mappings } from '../../../base/merge/read-base.ts';
import { type AsExtracted, mappingText } from '../../../projection/as-extracted.ts';
import type { AcceptedBase } from '../../bases.ts';
import type { ChangeContext } from '../../directory.ts';
import type { BaseLinking, BaseRecord } from '../../write-back.ts';
import { readRevision } from '../read-changes.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { firstVersion } from './apply-creations.ts';
import { type AppliedPlan, applyPlan } from './apply-plan.ts';
import type { BasePlan } from './base-plan.ts';
import { addBase, packRows } from './base-rows.ts';
import { replaceDrifts } from './drift-rows.ts';
import { keepLinking } from './keep-linking.ts';
import { tombstoneLink } from './link-rows.ts';
import type { PlannedBase, Submission } from './plan-base.ts';

/**
 * Changes the directory as a merged base says, and keeps the base, within a transaction in which the directory is still as it
 * was when the base was merged.
 */
export async function acceptBase(
  db: Kysely<Tables>,
  scope: Scope,
  mappings: Mappings,
  { generation, begun, linked, orphans, plan }: PlannedBase,
  { base, actor, digest, packed }: Submission,
): Promise<AcceptedBase> {
  for (const { kind, id, since } of orphans) await tombstoneLink(db, scope, kind, id, since);
  for (const kind of ['User', 'Group'] as const) await keepLinking(db, scope, linked[kind]);
  const context: ChangeContext = { actor, requestId: `base-${generation}`, origin: 'extraction' };
  const applied = await applyPlan(db, scope, plan, {
    mappings,
    context,
    since: begun.revision,
    isUser: (id) => linked.User.rowOf.has(id),
  });
  await replaceDrifts(db, scope, plan.drifts);
  const linking = linkingOf(linked, applied.apart);
  const { name, application_type: type } = base.application;
  const record: BaseRecord = {
    generation,
    asOf: begun.revision,
    revision: await readRevision(db, scope.organization),
    digest: digest,
    application: { name, type },
    counts: countFacts(base),
    actor,
    acceptedAt: scope.now(),
  };
  await addBase(db, scope, {
    record,
    begun,
    namesAreKeys: [...base.users, ...base.groups].some(({ entity }) => entity.id === undefined),
    payload: packed,
    linking: await packRows({ ...linking, asExtracted: asExtractedOf(base, linked, linking, plan, mappings) }),
  });
  const notices = [...linked.User.notices, ...linked.Group.notices, ...applied.notices];
  return { record, changes: applied.changes, drifts: plan.drifts, notices };
}

/** @param apart rows that could not become resources */
function linkingOf({ User, Group }: PlannedBase['linked'], apart: AppliedPlan['apart']): BaseLinking {
  const without = (kind: 'User' | 'Group', ids: readonly (string | null)[]) => {
    const left = new Set(apart.flatMap((one) => (one.kind === kind ? [one.index] : [])));
    return left.size === 0 ? ids : ids.map((id, index) => (left.has(index) ? null : id));
  };
  return { users: without('User', User.ids), groups: without('Group', Group.ids) };
}

/** Versions of the rows of a base: of those of which a resource has exactly one. */
function asExtractedOf(
  { users, groups }: Base,
  linked: PlannedBase['linked'],
  linking: BaseLinking,
  { asExtracted: left, creations }: BasePlan,
  mappings: Mappings,
): AsExtracted {
  const made = new Set(creations.flatMap(({ id, content }) => (content?.isAsExtracted === true ? [id] : [])));
  const versionsOf = (kind: 'User' | 'Group', rows: readonly BaseRow[], ids: readonly (string | null)[]) => {
    const counts = new Map<string, number>();
    for (const id of ids) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
    return ids.map((id, index) => {
      if (id === null || counts.get(id) !== 1 || linked[kind].rowOf.get(id) !== rows[index]) return null;
      return made.has(id) ? firstVersion : (left.get(id) ?? null);
    });
  };
  return {
    mapping: mappingText(mappings),
    users: versionsOf('User', users, linking.users),
    groups: versionsOf('Group', groups, linking.groups),
  };
}
