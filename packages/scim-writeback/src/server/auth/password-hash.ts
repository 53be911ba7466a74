import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';

/** 32 MiB and some 60 ms a guess. RFC 7914 s2. */
const cost = { log2N: 15, r: 8, p: 1 } as const;
const saltBytes = 16;
const hashBytes = 32;

/** The PHC string form: `$scrypt$ln=15,r=8,p=1$<salt>$<hash>`. */
const form = /^\$scrypt\$ln=(\d{1,2}),r=(\d{1,2}),p=(\d{1,2})\$([A-Za-z0-9+/]{16,64})\$([A-Za-z0-9+/]{22,128})$/;

function derive(password: string, salt: Buffer, bytes: number, { log2N, r, p }: typeof cost | Cost): Promise<Buffer> {
  const N = 2 ** log2N;
  // Node refuses what needs more than `maxmem`; scrypt needs 128 * N * r, and a little for p.
  const options: ScryptOptions = { N, r, p, maxmem: 128 * r * (N + p) + 1024 * 1024 };
  return new Promise((resolve, reject) => {
    scrypt(password, salt, bytes, options, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

interface Cost {
  readonly log2N: number;
  readonly r: number;
  readonly p: number;
}

const base64 = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

/** Hashes a password with a salt of its own; what comes out holds the salt and the cost. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(saltBytes);
  const hash = await derive(password, salt, hashBytes, cost);
  return `$scrypt$ln=${cost.log2N},r=${cost.r},p=${cost.p}$${base64(salt)}$${base64(hash)}`;
}

/**
 * Whether a password is the hashed one.
 *
 * @throws {Error} when the text is no hash that `hashPassword` made, or one that costs more memory than 256 MiB
 */
export async function verifyPassword(password: string, encoded: string): Promise<boolean> {
  const [, log2N, r, p, salt = '', hash = ''] = form.exec(encoded) ?? [];
  const asked: Cost = { log2N: Number(log2N), r: Number(r), p: Number(p) };
  if (log2N === undefined || asked.log2N < 1 || 128 * asked.r * 2 ** asked.log2N > 256 * 1024 * 1024) {
    throw new Error('A stored password hash cannot be read.');
  }
  const expected = Buffer.from(hash, 'base64');
  return timingSafeEqual(await derive(password, Buffer.from(salt, 'base64'), expected.length, asked), expected);
}
