import { expectSuccess, fail } from '../judge.ts';
import { addMembers, isSame, membersOf } from '../memberships.ts';
import { memberCandidates, newGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { addMemberAction } from '../sources.ts';

export const memberAdd: Requirement = {
  code: 'member-add',
  title: 'A user is added to a group, and nobody goes',
  source: addMemberAction,
  fix: 'Take {"op": "add", "path": "members", "value": [{"value": "{userId}"}]}, put the user beside the members who are there, and show them in GET /Groups/{id}.',
  writes: true,
  async check(probe) {
    const people = await memberCandidates(probe);
    const group = await newGroup(probe);
    for (const [index, one] of people.slice(0, 2).entries()) {
      expectSuccess('the PATCH that adds a member', await addMembers(probe, group, one));
      const members = await membersOf(probe, group);
      if (!members.includes(one.id)) fail('a user who was added is not shown as a member');
      if (!isSame(members, people.slice(0, index + 1))) fail('the members are others than those who were added');
    }
  },
};
