import { answered, fail, succeeded, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { withWrongCredential } from '../shared-answers.ts';
import { authentication } from '../sources.ts';

export const wrongCredential: Requirement = {
  code: 'wrong-credential',
  title: 'With a wrong credential nothing is shown',
  source: `${authentication}; RFC 7644 s2`,
  fix: 'Compare the credential, and answer a wrong one with 401.',
  writes: false,
  async check(probe) {
    const answer = await withWrongCredential(probe);
    if (succeeded(answer)) fail('the users are shown for a random credential');
    if (answer.status !== 401) warn(`a wrong credential is answered with ${answered(answer)}`);
  },
};
