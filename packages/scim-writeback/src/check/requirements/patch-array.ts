import { expectSuccess, fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { valuesOf } from '../scim-answers.ts';
import { emailOf } from '../sent-bodies.ts';

export const patchArray: Requirement = {
  code: 'patch-array',
  title: 'A list of a user is replaced as a whole',
  source: 'OAA with SCIM Lifecycle Management, Attribute Synchronization (emails); RFC 7644 s3.5.2.3',
  fix: 'Take {"op": "replace", "path": "emails", "value": [...]}, and keep nothing of the list that was there.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const email = emailOf(probe.session.newName('user')).toLowerCase();
    const value = [{ value: email, primary: true }];
    expectSuccess('the PATCH', await probe.patch(user, { op: 'replace', path: 'emails', value }));
    const emails = valuesOf(await probe.readBack(user), 'emails').map((shown) => shown.toLowerCase());
    if (!emails.includes(email)) fail('emails was replaced and is not as it was sent');
    if (emails.length > 1) fail('emails was replaced, and the address before is still there');
  },
};
