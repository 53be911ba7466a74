import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { makeToken, readToken, sameDigest, tokenDigest } from './token.ts';

test.each(['acme', 'a_b', 'a_0123456789abcdef_', '_', '-'.repeat(64)])(
  'a token of %s says whose it is',
  (organization) => {
    const { token, id } = makeToken(organization);
    expect(readToken(token)).toEqual({ organization, id });
  },
);

test('a token has 256 random bits behind its name, in a form that scanners find', () => {
  const [one, other] = [makeToken('acme').token, makeToken('acme').token];
  expect(one).toMatch(/^scim_acme_[0-9a-f]{16}_[0-9a-f]{64}$/);
  expect(one.slice(-64)).not.toBe(other.slice(-64));
});

test.each([
  '',
  'scim_',
  'scim_acme',
  `scim__${'0'.repeat(16)}_${'0'.repeat(64)}`,
  `scim_a/b_${'0'.repeat(16)}_${'0'.repeat(64)}`,
  `scim_${'a'.repeat(65)}_${'0'.repeat(16)}_${'0'.repeat(64)}`,
  `SCIM_acme_${'0'.repeat(16)}_${'0'.repeat(64)}`,
  `scim_acme_${'0'.repeat(16)}_${'0'.repeat(64)}\n`,
  randomBytes(32).toString('hex'),
])('%j is no token of ours', (text) => {
  expect(readToken(text)).toBeUndefined();
});

test('the digest covers the organization and the id, not only the secret', () => {
  const { token } = makeToken('acme');
  expect(tokenDigest(token)).not.toBe(tokenDigest(token.replace('acme', 'evil')));
  expect(tokenDigest(token)).toHaveLength(64);
});

test('digests are the same only when they are equal, and of any length', () => {
  expect([sameDigest('ab', 'ab'), sameDigest('ab', 'ac'), sameDigest('ab', 'abc'), sameDigest('', 'a')]).toEqual([
    true,
    false,
    false,
    false,
  ]);
});
