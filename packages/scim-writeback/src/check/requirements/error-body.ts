import { errorUrn } from '../../protocol/errors/error-body.ts';
import { warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { memberOf } from '../scim-answers.ts';
import { errorAnswers } from '../shared-answers.ts';

export const errorBody: Requirement = {
  code: 'error-body',
  title: 'An error says that it is one',
  source: 'RFC 7644 s3.12',
  fix: `Send with every error a JSON body whose schemas is ["${errorUrn}"], and what is wrong as detail.`,
  writes: false,
  async check(probe) {
    for (const answer of await errorAnswers(probe)) {
      const schemas = memberOf(answer, 'schemas');
      if (Array.isArray(schemas) && schemas.includes(errorUrn)) continue;
      warn(`the body of HTTP ${answer.status} is no SCIM error`);
    }
  },
};
