import { fail, notTried, succeeded } from '../judge.ts';
import { addMembers, isSame, membersOf } from '../memberships.ts';
import { memberCandidates, newGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';

export const memberParallel: Requirement = {
  code: 'member-parallel',
  title: 'Users who are added at the same time are all members',
  source: 'OAA with SCIM Lifecycle Management, Manage Relationships; RFC 7644 s3.14 (no lost update)',
  fix: 'Add a member without writing the whole list back, or lock the group meanwhile: what is lost here is access that the tenant takes to be granted.',
  writes: true,
  async check(probe) {
    const people = await memberCandidates(probe);
    const group = await newGroup(probe);
    // Every one is waited for, so that nothing is on its way when the group is deleted.
    const settled = await Promise.allSettled(people.map((one) => addMembers(probe, group, one)));
    const answers = settled.map((one) => {
      if (one.status === 'rejected') throw one.reason;
      return one.value;
    });
    const added = people.filter((_, index) => {
      const answer = answers[index];
      return answer !== undefined && succeeded(answer);
    });
    // Who was refused (409, 412, 503) is told so, and is no member.
    if (added.length === 0) notTried('a group takes no member', 'member-add');
    const members = await membersOf(probe, group);
    if (!isSame(members, added))
      fail(`of ${added.length} users who were added at the same time ${members.length} are members`);
  },
};
