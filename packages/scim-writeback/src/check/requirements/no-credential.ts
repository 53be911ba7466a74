import { answered, fail, succeeded, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { withoutCredential } from '../shared-answers.ts';
import { authentication } from '../sources.ts';

export const noCredential: Requirement = {
  code: 'no-credential',
  title: 'Without a credential nothing is shown',
  source: `${authentication}; RFC 7644 s2`,
  fix: 'Answer requests without a credential with 401.',
  writes: false,
  async check(probe) {
    const answer = await withoutCredential(probe);
    if (succeeded(answer)) fail('the users are shown to whoever asks, without a credential');
    if (answer.status !== 401) warn(`a request without a credential is answered with ${answered(answer)}`);
  },
};
