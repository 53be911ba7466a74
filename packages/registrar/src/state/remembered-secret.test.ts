import { expect, test } from 'vitest';
import { isRemembered, rememberSecret } from './remembered-secret.ts';
import { cheap } from './test-support.ts';

test('a secret is known again, and no other one', async () => {
  const secret = await rememberSecret('configuration_json.scim_token', 'correct horse');
  expect(secret).toMatchObject({ path: 'configuration_json.scim_token', cost: { n: 32_768, r: 8, p: 3 } });
  expect(await isRemembered(secret, 'correct horse')).toBe(true);
  expect(await isRemembered(secret, 'correct horsf')).toBe(false);
});

test('nothing of a secret is kept in the clear, and the same one never looks the same', async () => {
  const first = await rememberSecret('a', 'canary', cheap);
  const second = await rememberSecret('b', 'canary', cheap);
  expect(JSON.stringify(first)).not.toContain('canary');
  expect(first.salt).not.toBe(second.salt);
  expect(first.hash).not.toBe(second.hash);
});

// RFC 7914 s12, the first 32 bytes of the third vector.
test('the hash is that of RFC 7914', async () => {
  const cost = { n: 16_384, r: 8, p: 1 };
  const salt = Buffer.from('SodiumChloride').toString('base64');
  const hash = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex').toString(
    'base64',
  );
  expect(await isRemembered({ path: 'a', salt, hash, cost }, 'pleaseletmein')).toBe(true);
  expect(await isRemembered({ path: 'a', salt, hash: hash.slice(0, 40), cost }, 'pleaseletmein')).toBe(false);
});
