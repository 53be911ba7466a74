import { expectSuccess, fail } from '../judge.ts';
import { fillGroup, isSame, membersOf, removeMembers } from '../memberships.ts';
import { memberCandidates, newGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { removeMemberAction } from '../sources.ts';

export const memberRemove: Requirement = {
  code: 'member-remove',
  title: 'A user is removed from a group, and nobody else',
  source: removeMemberAction,
  fix: 'Take {"op": "remove", "path": "members", "value": [{"value": "{userId}"}]}, and remove only who is in value. Without heed of value everybody loses access.',
  writes: true,
  async check(probe) {
    const people = (await memberCandidates(probe)).slice(0, 3);
    const group = await newGroup(probe);
    await fillGroup(probe, group, people);
    const [gone, staying] = [people.slice(0, 1), people.slice(1)];
    expectSuccess('the PATCH that removes a member', await removeMembers(probe, group, ...gone));
    const members = await membersOf(probe, group);
    if (members.length === 0) fail('a remove with the value of one member has emptied the group');
    if (gone.some(({ id }) => members.includes(id))) fail('a user who was removed is still a member');
    if (!isSame(members, staying)) fail('others are members than those who were not removed');
  },
};
