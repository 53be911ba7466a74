import { warn } from '../judge.ts';
import type { Requirement } from '../requirement.ts';
import { unknownId, usersPage } from '../shared-answers.ts';

export const answerType: Requirement = {
  code: 'answer-type',
  title: 'Answers are application/scim+json',
  source: 'RFC 7644 s3.1, s8.1',
  fix: 'Send "Content-Type: application/scim+json" with every body, also of errors, and nothing behind it: there are clients that refuse "; charset=utf-8".',
  writes: false,
  async check(probe) {
    const answers = [await usersPage(probe), await unknownId(probe)];
    const types = answers.filter(({ text }) => text !== '').map(({ headers }) => headers['content-type'] ?? 'none');
    const wrong = types.find((type) => type.toLowerCase() !== 'application/scim+json');
    if (wrong !== undefined) warn(`the content type of an answer is ${wrong}`);
  },
};
