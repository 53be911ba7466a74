import { foldKey } from '@oaa-kit/oaa';
import type { BaseLinking } from '../../directory/write-back.ts';
import type { Base } from './read-base.ts';

/**
 * The members of each group of a base, by SCIM ids. Memberships of rows that are no resource are left out: the directory
 * cannot have them, and they are published from the base.
 *
 * @param linking of that base; null for rows to be left out
 */
export function membershipsOf({ users, groups }: Base, linking: BaseLinking): ReadonlyMap<string, readonly string[]> {
  const groupIds = new Map(groups.map(({ foldedKey }, index) => [foldedKey, linking.groups[index] ?? undefined]));
  const members = new Map<string, string[]>();
  const enter = (memberId: string | null | undefined, parents: readonly string[] = []) => {
    if (memberId == null) return;
    for (const parent of parents) {
      const groupId = groupIds.get(foldKey(parent));
      if (groupId === undefined) continue;
      const ids = members.get(groupId);
      if (ids === undefined) members.set(groupId, [memberId]);
      else ids.push(memberId);
    }
  };
  for (const [index, { entity }] of users.entries()) enter(linking.users[index], entity.groups);
  for (const [index, { entity }] of groups.entries()) enter(linking.groups[index], entity.groups);
  return members;
}
