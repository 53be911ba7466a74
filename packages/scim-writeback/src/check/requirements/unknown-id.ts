import { answered, fail, succeeded, warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { unknownId } from '../shared-answers.ts';

export const unknownIdIsNotFound: Requirement = {
  code: 'unknown-id',
  title: 'An id that nobody has is not found',
  source: 'RFC 7644 s3.12',
  fix: 'Answer GET /Users/{id} with 404 and a SCIM error when there is no user with the id.',
  writes: false,
  async check(probe) {
    const answer = await unknownId(probe);
    if (answer.status === 404) return;
    const problem = `an id that nobody has is answered with ${answered(answer)}`;
    if (succeeded(answer)) fail(problem);
    warn(problem);
  },
};
