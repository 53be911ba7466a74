import { answered, fail, notTried, succeeded, warn } from '../judge.ts';
import { fillGroup, isSame, membersOf, removeMembers } from '../memberships.ts';
import { memberCandidates, newGroup } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { removeMemberAction } from '../sources.ts';

export const memberRemoveRepeat: Requirement = {
  code: 'member-remove-repeat',
  title: 'Who is no member is removed without harm',
  source: `${removeMemberAction}; RFC 7644 s3.5.2.2`,
  fix: 'Answer with success when the user is no member: a tenant sends a request again when its answer was lost.',
  writes: true,
  async check(probe) {
    const people = (await memberCandidates(probe)).slice(0, 2);
    const [gone, staying] = [people.slice(0, 1), people.slice(1)];
    const group = await newGroup(probe);
    await fillGroup(probe, group, people);
    const first = await removeMembers(probe, group, ...gone);
    if (!succeeded(first) || !isSame(await membersOf(probe, group), staying))
      notTried('a member is not removed', 'member-remove');
    const second = await removeMembers(probe, group, ...gone);
    if (!isSame(await membersOf(probe, group), staying)) fail('others are members after one was removed a second time');
    if (second.status >= 500) fail(`a user who is no member is removed with ${answered(second)}`);
    if (!succeeded(second)) warn(`a user who is no member is removed with ${answered(second)}`);
  },
};
