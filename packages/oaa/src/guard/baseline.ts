import { createHash } from 'node:crypto';
import { z } from 'zod';
import { GuardError } from '../errors/index.ts';
import type { FactHashes } from './hash-facts.ts';

/** What the guard remembers of a push: no names of people or things, only salted hashes. */
export interface Baseline {
  readonly salt: string;
  readonly hashes: FactHashes;
  /** When the push was made, ISO 8601. */
  readonly writtenAt: string;
  /** For people who look into the file. */
  readonly tenant: string;
  readonly provider: string;
  readonly dataSource: string;
}

const format = 'oaa-kit removal baseline';
const version = 1;
const maximumHeaderBytes = 65_536;
const lineFeed = 0x0a;

const headerSchema = z.object({
  format: z.literal(format),
  version: z.literal(version),
  tenant: z.string(),
  provider: z.string(),
  dataSource: z.string(),
  writtenAt: z.string(),
  salt: z.string().min(16),
  kinds: z.array(z.tuple([z.string(), z.int().min(0)])),
  sha256: z.string(),
});

function bytesOf(hashes: BigUint64Array): Uint8Array {
  return new Uint8Array(hashes.buffer, hashes.byteOffset, hashes.byteLength);
}

/** SHA-256 of a baseline's hashes, in hex. */
export function digestOf({ hashes }: Pick<Baseline, 'hashes'>): string {
  const digest = createHash('sha256');
  for (const [kind, values] of hashes) digest.update(`${kind}\n`).update(bytesOf(values));
  return digest.digest('hex');
}

/** The pieces of a baseline's file: one line of JSON, then the hashes kind by kind. */
export function* encodeBaseline(baseline: Baseline): Generator<Uint8Array> {
  const { hashes, ...facts } = baseline;
  const kinds = Array.from(hashes, ([kind, values]) => [kind, values.length]);
  const header = { format, version, ...facts, kinds, sha256: digestOf(baseline) };
  yield Buffer.from(`${JSON.stringify(header)}\n`);
  for (const values of hashes.values()) yield bytesOf(values);
}

function refuse(file: string, reason: string, cause?: unknown): never {
  throw new GuardError('baseline-invalid', `The record of the last push, ${file}, ${reason}. Nothing was sent.`, {
    hint: 'Compare the payload with the one that was pushed last (oaa diff <last> <this>). When what it removes is right, delete the file and push once with --first-push.',
    cause,
  });
}

function readHeader(bytes: Uint8Array, file: string): { readonly value: unknown; readonly end: number } {
  const end = bytes.subarray(0, maximumHeaderBytes).indexOf(lineFeed);
  if (end < 0) return refuse(file, 'is damaged: its first line has no end');
  try {
    return { value: JSON.parse(Buffer.from(bytes.subarray(0, end)).toString('utf8')), end: end + 1 };
  } catch (error) {
    return refuse(file, 'is damaged: its first line is not JSON', error);
  }
}

/**
 * Reads a baseline's file.
 *
 * @param file its name, for messages
 * @throws GuardError `baseline-invalid` for a file that is damaged, or written by another version
 */
export function decodeBaseline(bytes: Uint8Array, file: string): Baseline {
  const { value, end } = readHeader(bytes, file);
  const other = z.object({ format: z.literal(format), version: z.number() }).safeParse(value).data?.version;
  if (other !== undefined && other !== version) {
    refuse(file, `has format version ${other}; this version of oaa-kit reads ${version}`);
  }
  const { data: header, error } = headerSchema.safeParse(value);
  if (header === undefined) return refuse(file, 'is damaged: its first line is not that of such a record', error);
  const count = header.kinds.reduce((sum, [, length]) => sum + length, 0);
  if (bytes.length !== end + 8 * count) refuse(file, `is damaged: it should have ${end + 8 * count} bytes`);
  const hashes = new Map<string, BigUint64Array>();
  let start = end;
  for (const [kind, length] of header.kinds) {
    // A copy, because the hashes do not begin at a multiple of 8 in the file.
    hashes.set(kind, new BigUint64Array(new Uint8Array(bytes.subarray(start, start + 8 * length)).buffer));
    start += 8 * length;
  }
  const { tenant, provider, dataSource, writtenAt, salt, sha256 } = header;
  const baseline = { tenant, provider, dataSource, writtenAt, salt, hashes };
  if (digestOf(baseline) !== sha256) refuse(file, 'is damaged: its check sum does not fit');
  return baseline;
}
