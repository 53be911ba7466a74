import { requireFilter, usersNamed } from '../filter-users.ts';
import { fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';

export const userFilterCase: Requirement = {
  code: 'user-filter-case',
  title: 'A user is found by userName in whatever case',
  source: 'RFC 7643 s4.1.1 (userName is not case-exact), RFC 7644 s3.4.2.2',
  fix: 'Compare userName without regard to case: otherwise the tenant does not find who is there, and makes a second account.',
  writes: true,
  async check(probe) {
    const { name } = await somebody(probe);
    await requireFilter(probe);
    if ((await usersNamed(probe, name.toUpperCase())).length === 0)
      fail('a user is not found by its userName in upper case');
  },
};
