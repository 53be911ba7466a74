import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { RememberedSecret } from './registrar-state.ts';

type Cost = RememberedSecret['cost'];

/** 32 MiB of memory; one of the settings that the OWASP Password Storage Cheat Sheet gives as the least for scrypt. */
const owaspCost: Cost = { n: 2 ** 15, r: 8, p: 3 };
const saltBytes = 16;
const hashBytes = 32;

function hash(value: string, salt: Buffer, { n, r, p }: Cost): Promise<Buffer> {
  // RFC 7914 s2: 128 * N * r bytes, and 128 * r * p for the blocks.
  const options: ScryptOptions = { N: n, r, p, maxmem: 128 * r * (n + p + 2) };
  return new Promise((done, fail) => {
    scrypt(value, salt, hashBytes, options, (error, key) => (error === null ? done(key) : fail(error)));
  });
}

/**
 * What the state keeps of a secret: enough to know it again, and not to know it. Takes a quarter of a second.
 *
 * @param cost of scrypt (RFC 7914 s2); less than the default is for tests only
 */
export async function rememberSecret(path: string, value: string, cost: Cost = owaspCost): Promise<RememberedSecret> {
  const salt = randomBytes(saltBytes);
  const key = await hash(value, salt, cost);
  return { path, salt: salt.toString('base64'), hash: key.toString('base64'), cost };
}

/** Whether a secret is the remembered one, in a time that does not depend on how far they agree. */
export async function isRemembered(secret: RememberedSecret, value: string): Promise<boolean> {
  const known = Buffer.from(secret.hash, 'base64');
  const key = await hash(value, Buffer.from(secret.salt, 'base64'), secret.cost);
  return known.length === key.length && timingSafeEqual(known, key);
}
