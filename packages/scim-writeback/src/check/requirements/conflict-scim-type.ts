import { notTried, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { memberOf } from '../scim-answers.ts';
import { conflict } from '../shared-answers.ts';

export const conflictScimType: Requirement = {
  code: 'conflict-scim-type',
  title: 'A 409 says that it is about uniqueness',
  source: 'RFC 7644 s3.12 table 9',
  fix: 'Send "scimType": "uniqueness" with the 409 of a userName that is taken.',
  writes: true,
  async check(probe) {
    const answer = await conflict(probe);
    if (answer.status !== 409) notTried('a userName that is taken is not answered with 409', 'user-conflict');
    if (memberOf(answer, 'scimType') !== 'uniqueness')
      warn('the 409 of a userName that is taken has not the scimType "uniqueness"');
  },
};
