import { fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { activeOf, partOf, valuesOf } from '../scim-answers.ts';
import { emailOf, familyName, givenName } from '../sent-bodies.ts';
import { createUserAction } from '../sources.ts';

export const userAttributes: Requirement = {
  code: 'user-attributes',
  title: 'A user is kept as it was sent',
  source: createUserAction,
  fix: 'Keep name, emails and active of the POST, and show them in GET /Users/{id}: an address has no type, and active is true.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const shown = await probe.readBack(user);
    const part = (name: string) => partOf(shown, 'name', name);
    if (part('givenName') !== givenName || part('familyName') !== familyName) fail('name is not kept as it was sent');
    const emails = valuesOf(shown, 'emails').map((email) => email.toLowerCase());
    if (!emails.includes(emailOf(user.name).toLowerCase())) fail('emails is not kept as it was sent');
    if (activeOf(shown) !== true) fail('a user who was sent as active is not');
  },
};
