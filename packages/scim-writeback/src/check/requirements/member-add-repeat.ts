import { expectSuccess, fail } from '../judge.ts';
import { addMembers, fillGroup, isSame, membersOf } from '../memberships.ts';
import { memberCandidates, newGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { addMemberAction } from '../sources.ts';

export const memberAddRepeat: Requirement = {
  code: 'member-add-repeat',
  title: 'A user who is added twice is a member once',
  source: `${addMemberAction}; RFC 7644 s3.5.2.1`,
  fix: 'Answer with success when the user is a member already, and keep it once: removed once, it has to be gone.',
  writes: true,
  async check(probe) {
    const people = (await memberCandidates(probe)).slice(0, 2);
    const group = await newGroup(probe);
    await fillGroup(probe, group, people);
    expectSuccess('the PATCH that adds a member a second time', await addMembers(probe, group, ...people.slice(0, 1)));
    if (!isSame(await membersOf(probe, group), people))
      fail('the members are others after one was added a second time');
  },
};
