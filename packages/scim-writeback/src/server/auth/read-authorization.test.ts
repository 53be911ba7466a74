import { expect, test } from 'vitest';
import { readAuthorization } from './read-authorization.ts';

const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

test.each(['Bearer abc', 'bearer abc', 'BEARER   abc '])('%j shows a token', (header) => {
  expect(readAuthorization(header)).toEqual({ scheme: 'bearer', token: 'abc' });
});

test('Basic shows name and password, which may have colons and any letters', () => {
  expect(readAuthorization(basic('jürgen:pa:ss wörd'))).toEqual({
    scheme: 'basic',
    userName: 'jürgen',
    password: 'pa:ss wörd',
  });
  expect(readAuthorization(basic('a:').replace('Basic', 'bAsIc'))).toEqual({
    scheme: 'basic',
    userName: 'a',
    password: '',
  });
});

test.each([
  undefined,
  '',
  'Bearer',
  'Bearer ',
  'Bearer    ',
  'abc',
  'Digest abc',
  'Basic',
  'Basic !!!',
  basic('no colon'),
  basic(':no name'),
  basic('line\nbreak:x'),
  `Bearer ${'a'.repeat(5000)}`,
])('%j shows nothing', (header) => {
  expect(readAuthorization(header)).toBeUndefined();
});
