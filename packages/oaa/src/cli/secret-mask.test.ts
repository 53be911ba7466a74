import { expect, test } from 'vitest';
import { SecretMask } from './secret-mask.ts';

test('a secret is replaced as it is, inside JSON and inside a URL', () => {
  const mask = new SecretMask();
  mask.add('pa"ss/word');
  expect(mask.apply(`pa"ss/word ${JSON.stringify({ a: 'pa"ss/word' })} ?k=${encodeURIComponent('pa"ss/word')}`)).toBe(
    '(secret) {"a":"(secret)"} ?k=(secret)',
  );
});

test('several secrets are replaced wherever they stand', () => {
  const mask = new SecretMask();
  mask.add('alpha');
  mask.add('bravo');
  expect(mask.apply('alphabravoalpha')).toBe('(secret)(secret)(secret)');
});

test('a secret inside a longer secret leaves nothing of the longer one', () => {
  const mask = new SecretMask();
  mask.add('abcd');
  mask.add('abcdefgh');
  expect(mask.apply('abcdefgh')).toBe('(secret)');
});

test('values too short to be secrets are left alone', () => {
  const mask = new SecretMask();
  mask.add('on');
  mask.add('');
  expect(mask.apply('on and on')).toBe('on and on');
});
