import { foldKey } from '@oaa-kit/oaa';
import type { WrittenEntity, WrittenMembership } from '@oaa-kit/oaa/sources';
import type { ResourceKind } from '../../../directory/directory.ts';
import type { MemberSnapshot, ResourceSnapshot } from '../../../directory/write-back.ts';
import { Refusal } from '../refusal.ts';
import type { RowEditor } from '../table.ts';
import type { EditPlan } from './edit-plan.ts';
import { hasCells, isEntityRow, isRowOf, rowKey } from './entity-rows.ts';
import { withItems, withoutItems } from './list-cell.ts';
import { entityOf, type PlanContext } from './plan-context.ts';

export type MembershipChange = 'add' | 'remove';

/** Makes users and groups members of a group, or takes them out of it. */
export function planMemberships(
  plan: EditPlan,
  change: MembershipChange,
  group: ResourceSnapshot,
  members: readonly MemberSnapshot[],
  context: PlanContext,
): void {
  const groupKey = rowKey(group);
  const groups = entityOf('Group', context);
  for (const kind of ['User', 'Group'] as const) {
    const keys = members.filter((member) => member.kind === kind).map(rowKey);
    if (keys.length === 0) continue;
    const membership = membershipOf(kind, context);
    if (membership === undefined) {
      throw new Refusal(`The application does not take ${kind === 'User' ? 'users' : 'groups'} as members of groups`);
    }
    const entity = entityOf(kind, context);
    if ('column' in membership) planInMembers(plan, change, entity, membership, keys, groupKey);
    else if ('groupColumn' in membership) planInGroup(plan, change, groups, membership, keys, groupKey);
    else plan.add(membership.file, membershipRows(change, membership, keys, groupKey));
    if (change === 'add' && !('column' in membership)) plan.add(entity.file, present(entity, keys));
  }
  if (change === 'add' && members.length > 0) plan.add(groups.file, present(groups, [groupKey]));
}

/** How it is written who is a member. */
export function membershipOf(kind: ResourceKind, { writeBack }: PlanContext): WrittenMembership | undefined {
  return kind === 'User' ? writeBack.memberships?.users : writeBack.memberships?.groups;
}

function planInMembers(
  plan: EditPlan,
  change: MembershipChange,
  entity: WrittenEntity,
  { column, list }: Extract<WrittenMembership, { readonly column: string }>,
  keys: readonly string[],
  groupKey: string,
): void {
  const missing = new Map(keys.map((key) => [foldKey(key), key]));
  const wanted = new Set(missing.keys());
  plan.add(entity.file, {
    row: (row) => {
      const key = foldKey(row.text(entity.key));
      if (!wanted.has(key) || !isEntityRow(row, entity)) return undefined;
      const isFirst = missing.delete(key);
      const cell = row.text(column);
      if (change === 'remove') return new Map([[column, withoutItems(cell, [groupKey], list)]]);
      // Of several rows one is enough.
      return isFirst ? new Map([[column, withItems(cell, [groupKey], list, `${entity.file}: ${column}`)]]) : undefined;
    },
    added: () => {
      const [first] = missing.values();
      if (change === 'add' && first !== undefined) throw notThere(entity, first);
      return [];
    },
  });
}

function planInGroup(
  plan: EditPlan,
  change: MembershipChange,
  groups: WrittenEntity,
  { groupColumn, list }: Extract<WrittenMembership, { readonly groupColumn: string }>,
  keys: readonly string[],
  groupKey: string,
): void {
  let isFirst = true;
  plan.add(groups.file, {
    row: (row) => {
      if (!isRowOf(row, groups, groupKey)) return undefined;
      const cell = row.text(groupColumn);
      if (change === 'remove') return new Map([[groupColumn, withoutItems(cell, keys, list)]]);
      if (!isFirst) return undefined;
      isFirst = false;
      return new Map([[groupColumn, withItems(cell, keys, list, `${groups.file}: ${groupColumn}`)]]);
    },
  });
}

function membershipRows(
  change: MembershipChange,
  membership: Extract<WrittenMembership, { readonly file: string }>,
  keys: readonly string[],
  groupKey: string,
): RowEditor {
  const { member, group, where, newRows } = membership;
  const wanted = new Set(keys.map(foldKey));
  const missing = new Map(keys.map((key) => [foldKey(key), key]));
  return {
    row: (row) => {
      const key = foldKey(row.text(member));
      if (!wanted.has(key) || foldKey(row.text(group)) !== foldKey(groupKey) || !hasCells(row, where)) return undefined;
      missing.delete(key);
      return change === 'remove' ? 'remove' : undefined;
    },
    added: () => {
      if (change === 'remove') return [];
      const constants = [...Object.entries(where ?? {}), ...Object.entries(newRows ?? {})];
      return Array.from(missing.values(), (key) => new Map([...constants, [member, key], [group, groupKey]]));
    },
  };
}

/** Refuses unless all of these are in the file: a membership of nobody would make the mapping unreadable. */
function present(entity: WrittenEntity, keys: readonly string[]): RowEditor {
  const missing = new Map(keys.map((key) => [foldKey(key), key]));
  return {
    row: (row) => {
      const key = foldKey(row.text(entity.key));
      if (missing.has(key) && isEntityRow(row, entity)) missing.delete(key);
      return undefined;
    },
    added: () => {
      const [first] = missing.values();
      if (first !== undefined) throw notThere(entity, first);
      return [];
    },
  };
}

function notThere({ file, key }: WrittenEntity, value: string): Refusal {
  return new Refusal(`${file} has no row with ${key} ${JSON.stringify(value)}`, 'not-found');
}
