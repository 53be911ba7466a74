import { answered, fail, succeeded } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { conflict } from '../shared-answers.ts';

export const userConflict: Requirement = {
  code: 'user-conflict',
  title: 'A userName that is taken is refused with 409',
  source: 'RFC 7644 s3.3, s3.12',
  fix: 'Answer the POST of a user whose userName somebody has with 409: only then does the tenant try its next formatter.',
  writes: true,
  async check(probe) {
    const answer = await conflict(probe);
    if (succeeded(answer)) fail('a second user is made with the userName of the first');
    if (answer.status !== 409) fail(`a userName that is taken is answered with ${answered(answer)}`);
  },
};
