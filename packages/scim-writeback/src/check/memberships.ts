import { notTried, succeeded } from './judge.ts';
import type { Confirmed } from './made.ts';
import type { Probe } from './probe.ts';
import { valuesOf } from './scim-answers.ts';
import type { Answer } from './wire.ts';

type Id = Pick<Confirmed, 'id'>;

const listed = (people: readonly Id[]) => people.map(({ id }) => ({ value: id }));

/** The tenant's "Add User to Group", for one or several. */
export function addMembers(probe: Probe, group: Confirmed, ...people: readonly Id[]): Promise<Answer> {
  return probe.patch(group, { op: 'add', path: 'members', value: listed(people) });
}

/** The tenant's "Remove User from Group": the path names all members, the value those who are meant. */
export function removeMembers(probe: Probe, group: Confirmed, ...people: readonly Id[]): Promise<Answer> {
  return probe.patch(group, { op: 'remove', path: 'members', value: listed(people) });
}

/** The ids of the members, sorted; one that is there twice is listed twice. */
export async function membersOf(probe: Probe, group: Confirmed): Promise<readonly string[]> {
  return valuesOf(await probe.readBack(group), 'members').toSorted();
}

export function isSame(members: readonly string[], people: readonly Id[]): boolean {
  const ids = people.map(({ id }) => id).toSorted();
  return members.length === ids.length && members.every((id, index) => id === ids[index]);
}

/**
 * Fills a group, one member after the other.
 *
 * @throws NotTried when that does not work
 */
export async function fillGroup(probe: Probe, group: Confirmed, people: readonly Id[]): Promise<void> {
  for (const one of people) {
    if (!succeeded(await addMembers(probe, group, one))) notTried('a group takes no member', 'member-add');
  }
  if (!isSame(await membersOf(probe, group), people)) notTried('a group does not show its members', 'member-add');
}
