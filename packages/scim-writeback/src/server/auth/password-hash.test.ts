import { expect, test } from 'vitest';
import { hashPassword, verifyPassword } from './password-hash.ts';

test('a password is verified against its hash, another is not', async () => {
  const hash = await hashPassword('correct horse');
  expect(await verifyPassword('correct horse', hash)).toBe(true);
  expect(await verifyPassword('correct Horse', hash)).toBe(false);
  expect(await verifyPassword('', hash)).toBe(false);
});

test('the hash names its cost and has a salt of its own', async () => {
  const [one, other] = [await hashPassword('same'), await hashPassword('same')];
  expect(one).toMatch(/^\$scrypt\$ln=15,r=8,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
  expect(one).not.toBe(other);
});

test('a hash of another cost is verified with that cost', async () => {
  // RFC 7914 s12: scrypt(P="pleaseletmein", S="SodiumChloride", N=16384, r=8, p=1), its first 32 bytes.
  const hash = Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex');
  const encoded = `$scrypt$ln=14,r=8,p=1$U29kaXVtQ2hsb3JpZGU$${hash.toString('base64').replace('=', '')}`;
  expect(await verifyPassword('pleaseletmein', encoded)).toBe(true);
});

test.each([
  'plain',
  '$scrypt$ln=15,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$',
  '$scrypt$ln=30,r=8,p=1$c2FsdHNhbHRzYWx0c2FsdA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA',
])('%j is refused as a hash without a word about it', async (encoded) => {
  await expect(verifyPassword('x', encoded)).rejects.toThrow(/^A stored password hash cannot be read\.$/);
});
