import { fail, notTried, succeeded, warn } from '../judge.ts';
import { fillGroup, isSame, membersOf } from '../memberships.ts';
import { newGroup, newUser, somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';

export const userDeleteMemberships: Requirement = {
  code: 'user-delete-memberships',
  title: 'A user who was deleted is no member of a group',
  source: 'RFC 7643 s4.1.2, s4.2',
  fix: 'Take a user who is deleted out of the members of every group, and leave the others.',
  writes: true,
  async check(probe) {
    const leaving = await newUser(probe);
    const staying = await somebody(probe);
    const group = await newGroup(probe);
    await fillGroup(probe, group, [leaving, staying]);
    if (!succeeded(await probe.delete(leaving))) notTried('no user could be deleted', 'user-delete');
    const members = await membersOf(probe, group);
    if (!members.includes(staying.id)) fail('somebody else is no member any more since a user was deleted');
    if (!isSame(members, [staying])) warn('a user who was deleted is still a member of a group');
  },
};
