import { warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { memberOf } from '../scim-answers.ts';
import { errorAnswers } from '../shared-answers.ts';

export const errorStatus: Requirement = {
  code: 'error-status',
  title: 'An error has its status as a text',
  source: 'RFC 7644 s3.12',
  fix: 'Send status as a JSON string that equals the HTTP status: "status": "404".',
  writes: false,
  async check(probe) {
    for (const answer of await errorAnswers(probe)) {
      const status = memberOf(answer, 'status');
      // Of a body that is no error another requirement tells.
      if (status === undefined || status === String(answer.status)) continue;
      warn(`the body of HTTP ${answer.status} has the status ${JSON.stringify(status)}`);
    }
  },
};
