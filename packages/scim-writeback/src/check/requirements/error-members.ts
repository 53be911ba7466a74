import { isJsonObject } from '../../client/json.ts';
import { warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { errorAnswers } from '../shared-answers.ts';

const known = new Set(['schemas', 'status', 'scimType', 'detail']);

export const errorMembers: Requirement = {
  code: 'error-members',
  title: 'An error has no further members',
  source: 'RFC 7644 s3.12',
  fix: 'Send schemas, status, scimType and detail only: there are clients that refuse an error with more.',
  writes: false,
  async check(probe) {
    for (const { status, body } of await errorAnswers(probe)) {
      const others = Object.keys(isJsonObject(body) ? body : {}).filter((name) => !known.has(name));
      if (others.length > 0) warn(`the body of HTTP ${status} has the members ${others.slice(0, 5).join(', ')}`);
    }
  },
};
