import { warn } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { memberOf } from '../scim-answers.ts';

export const activeBoolean: Requirement = {
  code: 'active-boolean',
  title: 'active is true or false',
  source: 'RFC 7643 s4.1.1, s2.3.2',
  fix: 'Send active as a JSON boolean, not as a text or a number.',
  writes: true,
  async check(probe) {
    const active = memberOf(await probe.readBack(await somebody(probe)), 'active');
    // Of one that is missing another requirement tells.
    if (active !== undefined && typeof active !== 'boolean') warn(`active is ${JSON.stringify(active)}`);
  },
};
