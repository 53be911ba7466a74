import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { IntendedEffect, Removals } from './write-back.ts';

/** Whether somebody may log in: unless told otherwise. RFC 7643 s4.1.1. */
export function isActive(attributes: ScimObject): boolean {
  return !Object.hasOwn(attributes, 'active') || attributes.active !== false;
}

/** What a change takes away from people. */
export function removalsOf(effect: IntendedEffect): Removals {
  const none: Removals = { users: 0, groups: 0, memberships: 0 };
  switch (effect.type) {
    case 'create':
      return none;
    case 'delete':
      return effect.before.kind === 'User' ? { ...none, users: 1 } : { ...none, groups: 1 };
    case 'update': {
      const { before, after, membersRemoved } = effect;
      const deactivates = before.kind === 'User' && isActive(before.attributes) && !isActive(after.attributes);
      return { ...none, users: deactivates ? 1 : 0, memberships: membersRemoved.length };
    }
  }
}
