import { isActive } from '../directory/removals.ts';
import type {
  ApplicationOperation,
  IntendedEffect,
  MemberSnapshot,
  ResourceSnapshot,
} from '../directory/write-back.ts';
import type { ScimObject, ScimValue } from '../protocol/schemas/scim-value.ts';
import { sameValue } from '../protocol/values/same-value.ts';

/**
 * The operations that carry a change into an application, in order. Access is taken away before anything else is done and
 * given when all else is done, so that an interrupted change never leaves more than was asked for. None where the change is
 * nothing to the application: `active: true` said of somebody who is active anyway.
 *
 * @param maxMembers how many members one operation may name
 */
export function planOperations(effect: IntendedEffect, maxMembers: number): readonly ApplicationOperation[] {
  switch (effect.type) {
    case 'create': {
      const { after, membersAdded } = effect;
      if (after.kind === 'User') return [{ type: 'create-user', after }];
      return [{ type: 'create-group', after }, ...inBatches('add-members', after, membersAdded, maxMembers)];
    }
    case 'delete':
      return [{ type: effect.before.kind === 'User' ? 'delete-user' : 'delete-group', before: effect.before }];
    case 'update':
      return effect.before.kind === 'User' ? updateUser(effect) : updateGroup(effect, maxMembers);
  }
}

type Update = Extract<IntendedEffect, { type: 'update' }>;

function updateUser({ before, after }: Update): readonly ApplicationOperation[] {
  const wasActive = isActive(before.attributes);
  // The user with all other changes, as active as before.
  const changed = { ...after, attributes: withActive(after.attributes, before.attributes) };
  if (wasActive === isActive(after.attributes)) {
    return sameValue(before.attributes, changed.attributes) ? [] : [{ type: 'update-user', before, after }];
  }
  if (wasActive) {
    const inactive = { ...before, attributes: withActive(before.attributes, after.attributes) };
    const deactivate = { type: 'deactivate-user', before, after: inactive } as const;
    if (sameValue(inactive.attributes, after.attributes)) return [deactivate];
    return [deactivate, { type: 'update-user', before: inactive, after }];
  }
  const reactivate = { type: 'reactivate-user', before: changed, after } as const;
  if (sameValue(before.attributes, changed.attributes)) return [{ ...reactivate, before }];
  return [{ type: 'update-user', before, after: changed }, reactivate];
}

/** Attributes with the `active` of others. */
function withActive(attributes: ScimObject, others: ScimObject): ScimObject {
  const result: Record<string, ScimValue> = Object.assign(Object.create(null), attributes);
  const active = Object.hasOwn(others, 'active') ? others.active : undefined;
  if (active === undefined) delete result.active;
  else result.active = active;
  return result;
}

function updateGroup(
  { before, after, membersAdded, membersRemoved }: Update,
  maxMembers: number,
): readonly ApplicationOperation[] {
  const renames = !sameValue(before.attributes, after.attributes);
  return [
    ...inBatches('remove-members', before, membersRemoved, maxMembers),
    ...(renames ? [{ type: 'update-group', before, after } as const] : []),
    ...inBatches('add-members', after, membersAdded, maxMembers),
  ];
}

function inBatches(
  type: 'add-members' | 'remove-members',
  group: ResourceSnapshot,
  members: readonly MemberSnapshot[],
  maxMembers: number,
): readonly ApplicationOperation[] {
  const operations: ApplicationOperation[] = [];
  for (let start = 0; start < members.length; start += maxMembers) {
    operations.push({ type, group, members: members.slice(start, start + maxMembers) });
  }
  return operations;
}
