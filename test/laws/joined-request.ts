import type { ChangeRow } from '@oaa-kit/scim-writeback/directory';
import { type AskedRequest, choosing } from './scim-request.ts';

/**
 * The change that a request which is acknowledged, and has none of its own, was acknowledged for: that of an equal request
 * which was still open when it came, or of a base that brought what it asked to be made before the application had told.
 */
export function changeBehind(asked: AskedRequest, changes: readonly ChangeRow[]): ChangeRow | undefined {
  return changes.find(
    (change) => (asked.openThen.has(change.requestId) && comesToTheSame(asked, change)) || isBrought(asked, change),
  );
}

/** Whether a change is what a request asks for, and nothing else. */
function comesToTheSame({ act, people }: AskedRequest, { kind, id, operation, facts }: ChangeRow): boolean {
  const { user, group } = choosing(people);
  const { attributes = {}, membersAdded: added = [], membersRemoved: removed = [] } = facts;
  const isOf = (what: ChangeRow['operation'], whom: string) => operation === what && id === whom;
  const isMembers = (adds: readonly string[], removes: readonly string[]) =>
    'group' in act && isOf('update', group(act.group)) && isSame(added, adds) && isSame(removed, removes);
  switch (act.type) {
    case 'create':
      return (
        operation === 'create' &&
        kind === 'User' &&
        attributes.userName === act.name &&
        attributes.title === act.title &&
        Object.hasOwn(attributes, 'emails') === act.email
      );
    case 'title':
      return isOf('update', user(act.who)) && isWithin(attributes, { title: act.title ?? null });
    case 'rename':
      return isOf('update', user(act.who)) && isWithin(attributes, { userName: act.name });
    case 'active':
      return isOf('update', user(act.who)) && isWithin(attributes, { active: act.active });
    case 'all':
      return (
        isOf('update', user(act.who)) &&
        isWithin(attributes, { userName: act.name, active: act.active, title: act.name })
      );
    case 'delete':
      return isOf('delete', user(act.who));
    case 'create-group':
      return (
        operation === 'create' &&
        kind === 'Group' &&
        attributes.displayName === act.name &&
        isSame(added, people.users.length === 0 ? [] : act.members.map(user))
      );
    case 'rename-group':
      return isOf('update', group(act.group)) && isWithin(attributes, { displayName: act.name });
    case 'delete-group':
      return isOf('delete', group(act.group));
    case 'add':
      return isMembers([user(act.who)], []);
    case 'remove':
      return isMembers([], [user(act.who)]);
    case 'nest':
      return isMembers([group(act.who)], []);
    case 'unnest':
      return isMembers([], [group(act.who)]);
    case 'replace': {
      const all = new Set(act.members.map(user));
      const isReplaced = added.every((one) => all.has(one)) && !removed.some((one) => all.has(one));
      return isOf('update', group(act.group)) && isReplaced && added.length + removed.length > 0;
    }
  }
}

/** Names of groups may repeat, and so a base can bring one that is on its way. Those of users are kept for them. */
function isBrought(
  { act, revision }: AskedRequest,
  { origin, kind, operation, facts, revision: at }: ChangeRow,
): boolean {
  return (
    act.type === 'create-group' &&
    origin === 'extraction' &&
    kind === 'Group' &&
    operation === 'create' &&
    at > revision &&
    facts.attributes?.displayName === act.name
  );
}

function isSame(some: readonly string[], others: readonly string[]): boolean {
  const [left, right] = [new Set(some), new Set(others)];
  return left.size === right.size && [...left].every((one) => right.has(one));
}

/** Of what is asked for, a change has what was not so already. */
function isWithin(changed: Readonly<Record<string, unknown>>, asked: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(changed);
  return names.length > 0 && names.every((name) => Object.hasOwn(asked, name) && changed[name] === asked[name]);
}
