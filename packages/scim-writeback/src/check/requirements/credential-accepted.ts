import { answered, Finding } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { usersPage } from '../shared-answers.ts';
import { authentication } from '../sources.ts';

export const credentialAccepted: Requirement = {
  code: 'credential-accepted',
  title: 'The credential opens the endpoint',
  source: authentication,
  fix: 'Take the credential as "Authorization: Bearer {token}" or "Authorization: Basic {credentials}", with the right to read and write users and groups.',
  writes: false,
  async check(probe) {
    const answer = await usersPage(probe);
    if (answer.status !== 401 && answer.status !== 403) return;
    throw new Finding('failed', `the credential is refused: ${answered(answer)}`, true);
  },
};
