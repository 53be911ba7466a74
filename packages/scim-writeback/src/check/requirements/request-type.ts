import { answered, notTried, succeeded, warn } from '../judge.ts';
import { somebody } from '../people.ts';
import type { Requirement } from '../requirement.ts';

const types = ['application/scim+json; charset=utf-8', 'application/json'];

export const requestType: Requirement = {
  code: 'request-type',
  title: 'A body is taken whichever way its type is written',
  source: 'RFC 7644 s3.1, s3.8',
  fix: 'Take application/scim+json and application/json, also with "; charset=utf-8" behind it.',
  writes: true,
  async check(probe) {
    const user = await somebody(probe);
    for (const type of types) {
      const answer = await probe.patch(user, { op: 'replace', path: 'displayName', value: type }, type);
      if (succeeded(answer)) continue;
      if (!succeeded(await probe.patch(user, { op: 'replace', path: 'displayName', value: type }))) {
        notTried('a PATCH of the usual type is refused as well', 'patch-replace');
      }
      warn(`a body of the type ${type} is answered with ${answered(answer)}`);
    }
  },
};
