import { answered, succeeded, warn } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';
import { userBody } from '../sent-bodies.ts';

const types = ['application/scim+json; charset=utf-8', 'application/json'];

export const requestType: Requirement = {
  code: 'request-type',
  title: 'A body is taken whichever way its type is written',
  source: 'RFC 7644 s3.1, s3.8',
  fix: 'Take application/scim+json and application/json, also with "; charset=utf-8" behind it.',
  writes: true,
  async check(probe) {
    await somebody(probe);
    for (const type of types) {
      const { answer } = await probe.post('Users', userBody(probe.session.newName('user')), type);
      if (!succeeded(answer)) warn(`a body of the type ${type} is answered with ${answered(answer)}`);
    }
  },
};
