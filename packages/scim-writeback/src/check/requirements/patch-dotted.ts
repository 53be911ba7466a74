import { expectSuccess, fail } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { partOf } from '../scim-answers.ts';
import { familyName } from '../sent-bodies.ts';

export const patchDotted: Requirement = {
  code: 'patch-dotted',
  title: 'A part of an attribute is replaced, and nothing beside it',
  source: 'OAA with SCIM Lifecycle Management, Attribute Synchronization (name.givenName); RFC 7644 s3.5.2.3',
  fix: 'Take dotted paths such as name.givenName in PATCH, and keep the other parts of name.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    const value = 'Grace';
    expectSuccess('the PATCH', await probe.patch(user, { op: 'replace', path: 'name.givenName', value }));
    const shown = await probe.readBack(user);
    if (partOf(shown, 'name', 'givenName') !== value) fail('name.givenName was replaced and is not as it was sent');
    if (partOf(shown, 'name', 'familyName') !== familyName)
      fail('name.familyName is gone since name.givenName was replaced');
  },
};
