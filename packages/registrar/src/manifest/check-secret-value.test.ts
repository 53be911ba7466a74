import { expect, test } from 'vitest';
import { checkSecretValue } from './index.ts';

const token = 'configuration_json.scim_token';
const password = 'configuration_json.password';
const username = 'configuration_json.username';
const badToken = 'holds blanks, line breaks or characters beyond ASCII (not shown)';
const badPassword = 'holds a line break or another control character (RFC 7617 s2; not shown)';
const badUser = 'holds a colon or a control character (RFC 7617 s2; not shown)';

test.each([
  [token, 'abc.DEF-_~+/123==', undefined],
  [token, '', 'is empty'],
  [token, 'abc def', badToken],
  [token, 'abc\n', badToken],
  [token, ' abc', badToken],
  [token, 'abc\u00a0', badToken],
  [token, 'Bearer abc', 'begins with the word Bearer: give the token alone (not shown)'],
  [password, 'correct horse', undefined],
  [password, 'p\u00e4ssword', undefined],
  [password, 'two\nlines', badPassword],
  [username, 'kim', undefined],
  [username, 'kim:x', badUser],
  [username, 'kim\t', badUser],
  ['options_of_others.token', 'may hold\nanything', undefined],
  ['options_of_others.token', '', 'is empty'],
])('%s of %j: %s', (path, value, problem) => {
  expect(checkSecretValue(path, value)).toBe(problem);
});
