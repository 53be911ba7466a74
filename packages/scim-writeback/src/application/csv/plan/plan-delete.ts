import type { WrittenEntity } from '@oaa-kit/oaa/sources';
import type { ResourceSnapshot } from '../../../directory/write-back.ts';
import type { RowEditor } from '../table.ts';
import type { EditPlan } from './edit-plan.ts';
import { hasCells, isEntityRow, isRowOf, isSame, rowKey } from './entity-rows.ts';
import { withoutItems } from './list-cell.ts';
import type { PlanContext } from './plan-context.ts';
import { membershipOf } from './plan-memberships.ts';

/** Takes a user or group out of its file, and out of all places that would name nobody then. */
export function planDelete(
  plan: EditPlan,
  entity: WrittenEntity,
  before: ResourceSnapshot,
  context: PlanContext,
): void {
  const key = rowKey(before);
  const { delete: deletion } = entity;
  plan.add(entity.file, {
    row: (row) => {
      if (!isRowOf(row, entity, key)) return undefined;
      return deletion === 'row' ? 'remove' : new Map([[deletion.column, deletion.value]]);
    },
  });
  leaveGroups(plan, entity, before, key, context);
  if (before.kind === 'Group') dropMembers(plan, key, context);
  for (const { file, column, list, where } of entity.alsoDelete ?? []) {
    plan.add(file, {
      row: (row) => {
        if (!hasCells(row, where)) return undefined;
        if (list !== undefined) return new Map([[column, withoutItems(row.text(column), [key], list)]]);
        return isSame(row.text(column), key) ? 'remove' : undefined;
      },
    });
  }
}

/** Who is deleted is in no group any more. */
function leaveGroups(
  plan: EditPlan,
  entity: WrittenEntity,
  { kind }: ResourceSnapshot,
  key: string,
  context: PlanContext,
): void {
  const membership = membershipOf(kind, context);
  if (membership === undefined) return;
  if ('groupColumn' in membership) {
    const { groups } = context.writeBack;
    if (groups !== undefined) plan.add(groups.file, withoutKey(groups, membership.groupColumn, key, membership.list));
  } else if ('file' in membership) {
    const { file, member, where } = membership;
    plan.add(file, { row: (row) => (isSame(row.text(member), key) && hasCells(row, where) ? 'remove' : undefined) });
  } else if (entity.delete !== 'row') {
    // The row stays: whoever takes the mark away must not find the memberships again.
    plan.add(entity.file, {
      row: (row) => (isRowOf(row, entity, key) ? new Map([[membership.column, '']]) : undefined),
    });
  }
}

/** Nobody is a member of a group that is deleted. */
function dropMembers(plan: EditPlan, key: string, context: PlanContext): void {
  for (const kind of ['User', 'Group'] as const) {
    const membership = membershipOf(kind, context);
    const entity = kind === 'User' ? context.writeBack.users : context.writeBack.groups;
    if (membership === undefined || entity === undefined) continue;
    if ('file' in membership) {
      const { file, group, where } = membership;
      plan.add(file, { row: (row) => (isSame(row.text(group), key) && hasCells(row, where) ? 'remove' : undefined) });
    } else if ('column' in membership) {
      plan.add(entity.file, withoutKey(entity, membership.column, key, membership.list));
    } else if (entity.delete !== 'row') {
      const { groupColumn } = membership;
      const { groups } = context.writeBack;
      if (groups === undefined) continue;
      plan.add(groups.file, { row: (row) => (isRowOf(row, groups, key) ? new Map([[groupColumn, '']]) : undefined) });
    }
  }
}

function withoutKey(entity: WrittenEntity, column: string, key: string, list: string | undefined): RowEditor {
  return {
    row: (row) =>
      isEntityRow(row, entity) ? new Map([[column, withoutItems(row.text(column), [key], list)]]) : undefined,
  };
}
