import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { Kysely, Selectable } from 'kysely';
import type { AsOf } from '../../../base/merge/as-of.ts';
import type { AsExtracted } from '../../../projection/as-extracted.ts';
import type { BaseLinking, BaseRecord } from '../../write-back.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';

const recordColumns = [
  'generation',
  'as_of',
  'begun_after',
  'revision',
  'digest',
  'application_name',
  'application_type',
  'names_are_keys',
  'counts',
  'actor',
  'accepted_at',
] as const;

type RecordRow = Pick<Selectable<Tables['bases']>, (typeof recordColumns)[number]>;

/** An accepted base with what only the store needs to know of it. */
export interface KeptBase {
  readonly record: BaseRecord;
  readonly begun: AsOf;
  /** It has no ids: a name is the key. */
  readonly namesAreKeys: boolean;
}

/** The last base and what is kept of it alone, still compressed. */
export interface KeptLastBase extends KeptBase {
  readonly payload: Uint8Array;
  readonly linking: Uint8Array;
}

function toKeptBase(row: RecordRow): KeptBase {
  const record: BaseRecord = {
    generation: row.generation,
    asOf: row.as_of,
    revision: row.revision,
    digest: row.digest,
    application: { name: row.application_name, type: row.application_type },
    counts: JSON.parse(row.counts),
    actor: row.actor,
    acceptedAt: row.accepted_at,
  };
  return {
    record,
    begun: { revision: row.as_of, generation: row.begun_after },
    namesAreKeys: row.names_are_keys === 1,
  };
}

/** Bases, the last one first; all of them unless told otherwise. */
export async function readBases(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  limit?: number,
): Promise<readonly KeptBase[]> {
  const bases = db
    .selectFrom('bases')
    .select(recordColumns)
    .where('organization', '=', organization)
    .orderBy('generation', 'desc');
  const rows = await (limit === undefined ? bases : bases.limit(limit)).execute();
  return rows.map(toKeptBase);
}

/** The last base. Undefined before the first. */
export async function readLastBase(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
): Promise<KeptLastBase | undefined> {
  const row = await db
    .selectFrom('bases')
    .select([...recordColumns, 'payload', 'linking'])
    .where('organization', '=', organization)
    .orderBy('generation', 'desc')
    .limit(1)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { payload, linking } = row;
  if (payload === null || linking === null) throw new Error(`The payload of base ${row.generation} is gone.`);
  return { ...toKeptBase(row), payload, linking };
}

/** Adds a base; of those before it only the records are kept. */
export async function addBase(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  { record, begun, namesAreKeys, payload, linking }: KeptLastBase,
): Promise<void> {
  await db
    .updateTable('bases')
    .set({ payload: null, linking: null })
    .where('organization', '=', organization)
    .where('payload', 'is not', null)
    .execute();
  await db
    .insertInto('bases')
    .values({
      organization,
      generation: record.generation,
      as_of: record.asOf,
      begun_after: begun.generation,
      revision: record.revision,
      digest: record.digest,
      application_name: record.application.name,
      application_type: record.application.type,
      names_are_keys: namesAreKeys ? 1 : 0,
      counts: JSON.stringify(record.counts),
      actor: record.actor,
      accepted_at: record.acceptedAt,
      payload,
      linking,
    })
    .execute();
}

const compressing = promisify(gzip);
const expanding = promisify(gunzip);

/** Bases are large, and much the same from row to row. */
function packJson(json: string): Promise<Uint8Array> {
  return compressing(json, { level: 3 });
}

/** What `packJson` was given, parsed. */
async function unpackJson(packed: Uint8Array): Promise<unknown> {
  return JSON.parse((await expanding(packed)).toString('utf8'));
}

/** What is kept of the rows of a base. */
export interface KeptRows extends BaseLinking {
  readonly asExtracted?: AsExtracted | undefined;
}

/** What is kept of the rows of a base, packed. */
export function packRows(rows: KeptRows): Promise<Uint8Array> {
  return packJson(JSON.stringify(rows));
}

/** What `packRows` was given. */
export async function unpackRows(
  packed: Uint8Array,
): Promise<{ readonly linking: BaseLinking; readonly asExtracted: AsExtracted | undefined }> {
  const { users, groups, asExtracted } = (await unpackJson(packed)) as KeptRows;
  return { linking: { users, groups }, asExtracted };
}
