import { createHash } from 'node:crypto';
import { Readable, type ReadableOptions } from 'node:stream';
import { createGunzip, createGzip, type ZlibOptions } from 'node:zlib';
import { jsonChunks, type WireApplicationPayload } from '@oaa-kit/oaa';
import { Turns } from '../../../turns/turns.ts';

// A base is kept as gzip of lines, each of which is JSON: the payload with its long lists empty, then parts of these lists. So
// nobody has to have all of its text at once, and no line takes long to be read.

/** The lists of a payload that are as long as the application is large. */
const longLists = {
  users: (payload: MutablePayload) => payload.applications[0]?.local_users,
  groups: (payload: MutablePayload) => payload.applications[0]?.local_groups,
  resources: (payload: MutablePayload) => payload.applications[0]?.resources,
  grants: (payload: MutablePayload) => payload.identity_to_permissions,
} as const;

type ListName = keyof typeof longLists;

/** Validation lets payloads through that leave lists out. */
interface MutablePayload {
  readonly applications: readonly {
    readonly local_users?: unknown[];
    readonly local_groups?: unknown[];
    readonly resources?: unknown[];
  }[];
  readonly identity_to_permissions?: unknown[];
}

/** What one line has of a list. */
type Part = readonly [name: ListName, ...items: unknown[]];

/** A line is some 100 kB, and takes about a millisecond to be read. */
const itemsPerLine = 250;

/** What is kept of a payload. */
export interface PackedPayload {
  readonly packed: Uint8Array;
  /** SHA-256 of the payload's JSON, in hex. */
  readonly digest: string;
}

/** Packs a payload that `validate` found no error in. */
export async function packPayload(payload: WireApplicationPayload): Promise<PackedPayload> {
  const hash = createHash('sha256');
  const turns = new Turns();
  for (const chunk of jsonChunks({ ...payload })) {
    hash.update(chunk);
    if (turns.isOver) await turns.next();
  }
  // Bases are much the same from row to row: little effort packs them well.
  const gzip = Readable.from(linesOf(payload)).pipe(createGzip({ level: 3 }));
  const pieces: Uint8Array[] = [];
  for await (const piece of gzip) pieces.push(piece as Uint8Array);
  return { packed: Buffer.concat(pieces), digest: hash.digest('hex') };
}

/** What `packPayload` was given. Others have their turn meanwhile. */
export async function unpackPayload(packed: Uint8Array): Promise<WireApplicationPayload> {
  let payload: MutablePayload | undefined;
  for await (const line of unpackedLines(packed)) {
    if (payload === undefined) {
      payload = JSON.parse(line) as MutablePayload;
      continue;
    }
    const [name, ...items] = JSON.parse(line) as Part;
    const list = longLists[name](payload);
    for (const item of items) list?.push(item);
  }
  if (payload === undefined) throw new Error('The payload of the base is empty.');
  return payload as unknown as WireApplicationPayload;
}

function* linesOf(payload: WireApplicationPayload): Generator<string> {
  const full = payload as unknown as MutablePayload;
  const [application, ...others] = full.applications;
  const bare = {
    ...full,
    applications: [
      {
        ...application,
        ...(application?.local_users && { local_users: [] }),
        ...(application?.local_groups && { local_groups: [] }),
        ...(application?.resources && { resources: [] }),
      },
      ...others,
    ],
    ...(full.identity_to_permissions && { identity_to_permissions: [] }),
  };
  yield `${JSON.stringify(bare)}\n`;
  for (const name of Object.keys(longLists) as ListName[]) {
    const list = longLists[name](full) ?? [];
    for (let start = 0; start < list.length; start += itemsPerLine) {
      yield `${JSON.stringify([name, ...list.slice(start, start + itemsPerLine)] satisfies Part)}\n`;
    }
  }
}

/** What comes next is expanded by another thread while lines are read; node's types leave out that this can be said. */
const expansion: ZlibOptions & ReadableOptions = { chunkSize: 256 * 1024, highWaterMark: 2 * 1024 * 1024 };

async function* unpackedLines(packed: Uint8Array): AsyncGenerator<string> {
  const gunzip = createGunzip(expansion);
  gunzip.setEncoding('utf8');
  gunzip.end(packed);
  let begun = '';
  for await (const piece of gunzip) {
    const lines = (begun + String(piece)).split('\n');
    begun = lines.pop() ?? '';
    yield* lines;
  }
  if (begun !== '') yield begun;
}
