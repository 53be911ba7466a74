import { answered, fail } from '../judge.ts';
import { firstUser } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { authentication } from '../sources.ts';

export const credentialWrites: Requirement = {
  code: 'credential-writes',
  title: 'The credential may write',
  source: authentication,
  fix: 'Give the credential the right to make, change and delete users and groups.',
  writes: true,
  async check(probe) {
    const { answer } = await firstUser(probe);
    if (answer.status === 401 || answer.status === 403) fail(`a user cannot be made: ${answered(answer)}`);
  },
};
