import { expect, test } from 'vitest';
import { decodeBase64 } from './base64.ts';

test.each([
  ['', ''],
  ['Zg==', 'f'],
  ['Zm8=', 'fo'],
  ['Zm9v', 'foo'],
])('%j is base64 of %j (RFC 4648 s10)', (text, decoded) => {
  expect(decodeBase64(text)?.toString()).toBe(decoded);
});

test.each(['Zg', 'Zg=', 'Z===', 'Zm9v\n', 'Zm9v====', 'Zm 9', '_-_-', '{"a":1}!', 'user,rol'])('%j is not', (text) => {
  expect(decodeBase64(text)).toBeUndefined();
});
