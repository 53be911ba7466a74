import { foldKey } from '@oaa-kit/oaa';
import type { Kysely } from 'kysely';
import type { Turns } from '../../../turns/turns.ts';
import type { BaseNotice } from '../../bases.ts';
import type { ChangeContext } from '../../directory.ts';
import { chunks } from '../chunks.ts';
import { countResource } from '../count-resources.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { rowInserter } from './insert-rows.ts';
import { liveKeys } from './link-rows.ts';
import type { PreparedCreation, RowContent } from './prepare-creations.ts';
import { valueTaken, valueUnusable } from './row-resource.ts';
import { takeRevisions } from './take-revisions.ts';
import { TakenValues } from './taken-values.ts';

/** Of a resource that is made. */
export const firstVersion = 1;

interface Creation extends PreparedCreation {
  readonly content: RowContent;
}

export interface CreationsInput {
  readonly creations: readonly PreparedCreation[];
  readonly context: ChangeContext;
  /** From where on the links hold. */
  readonly since: number;
}

/** What became of rows that were to be resources. */
export interface AppliedCreations {
  readonly notices: readonly BaseNotice[];
  /** Rows that are published apart, since they could not become resources. */
  readonly apart: readonly PreparedCreation[];
}

/**
 * Makes resources of rows, with their links and change rows: as if one after the other in their order, but table by table,
 * since the pages of one table then stay in memory, and a statement writes many rows.
 */
export async function applyCreations(
  db: Kysely<Tables>,
  scope: Scope,
  { creations, context, since }: CreationsInput,
  turns: Turns,
): Promise<AppliedCreations> {
  const { made, apart, notices } = await settle(db, scope, creations, turns);
  if (made.length > 0) {
    await insertAll(db, scope, made, context, turns);
    await linkAll(db, scope, made, since, turns);
  }
  return { notices, apart };
}

/** Who gets the values that have to be unique: first come, first served. */
async function settle(db: Kysely<Tables>, scope: Scope, creations: readonly PreparedCreation[], turns: Turns) {
  const taken = { User: new TakenValues(), Group: new TakenValues() };
  for (const kind of ['User', 'Group'] as const) {
    const wanted = creations.flatMap((one) => (one.kind === kind ? (one.content?.unique ?? []) : []));
    await taken[kind].look(db, scope, kind, wanted, turns);
  }
  const names = new TakenValues();
  const wanted = creations.flatMap(({ content }) => content?.names ?? []);
  await names.look(db, scope, 'Group', wanted, turns);
  const made: Creation[] = [];
  const apart: PreparedCreation[] = [];
  const notices: BaseNotice[] = [];
  for (const creation of creations) {
    const { kind, row, content } = creation;
    if (content !== undefined && !names.has(content.names) && taken[kind].take(content.unique)) {
      made.push({ ...creation, content });
      continue;
    }
    apart.push(creation);
    notices.push(content === undefined ? valueUnusable(kind, row) : valueTaken(kind, row));
  }
  return { made, apart, notices };
}

const insertUnique = rowInserter('unique_values', ['organization', 'kind', 'attribute', 'value', 'id']);
const insertSearched = rowInserter('searched_values', ['organization', 'kind', 'attribute', 'value', 'id']);
const insertResources = rowInserter('resources', [
  'organization',
  'id',
  'kind',
  'version',
  'created',
  'last_modified',
  'document',
  'user_name',
  'external_id',
  'display_name',
  'active',
  'display',
]);
const insertChanges = rowInserter('changes', [
  'organization',
  'revision',
  'kind',
  'id',
  'operation',
  'facts',
  'actor',
  'request_id',
  'origin',
  'at',
]);

/** So many rows of a table are in memory at a time, besides what they are made of. */
const creationsPerPart = 5_000;

async function insertAll(
  db: Kysely<Tables>,
  scope: Scope,
  made: readonly Creation[],
  { actor, requestId, origin }: ChangeContext,
  turns: Turns,
): Promise<void> {
  const { organization } = scope;
  const at = scope.now();
  const first = await takeRevisions(db, scope, made.length);
  for (const kind of ['User', 'Group'] as const) {
    const count = made.filter((one) => one.kind === kind).length;
    if (count > 0) await countResource(db, scope, kind, count);
  }
  const parts = function* () {
    for (let start = 0; start < made.length; start += creationsPerPart) {
      yield { start, part: made.slice(start, start + creationsPerPart) };
    }
  };
  for (const { part } of parts()) {
    const rows = part.map(({ kind, id, content: { columns } }) => [
      organization,
      id,
      kind,
      firstVersion,
      at,
      at,
      columns.document,
      columns.user_name,
      columns.external_id,
      columns.display_name,
      columns.active,
      columns.display,
    ]);
    await insertResources(db, rows, turns);
  }
  for (const { part } of parts()) {
    const rows = part.flatMap(({ kind, id, content }) =>
      content.unique.map(({ attribute, value }) => [organization, kind, attribute, value, id]),
    );
    await insertUnique(db, rows, turns);
  }
  for (const { part } of parts()) {
    const rows = part.flatMap(({ kind, id, content }) =>
      content.searched.map(([attribute, value]) => [organization, kind, attribute, value, id]),
    );
    await insertSearched(db, rows, turns);
  }
  for (const { start, part } of parts()) {
    const rows = part.map(({ kind, id, content: { facts } }, index) => {
      return [organization, first + start + index, kind, id, 'create', facts, actor, requestId, origin, at];
    });
    await insertChanges(db, rows, turns);
  }
}

const insertLinks = rowInserter('links', [
  'organization',
  'kind',
  'id',
  'key',
  'folded_key',
  'native_id',
  'state',
  'since',
]);

/** Links each resource to the key of its row, or to its id where somebody who is called otherwise by now has the key for ever. */
async function linkAll(
  db: Kysely<Tables>,
  scope: Scope,
  made: readonly Creation[],
  since: number,
  turns: Turns,
): Promise<void> {
  for (const kind of ['User', 'Group'] as const) {
    const ofKind = made.filter((one) => one.kind === kind);
    const taken = new Set<string>();
    for (const part of chunks(ofKind)) {
      const keys = part.flatMap(({ id, row }) => [row.foldedKey, foldKey(id)]);
      for (const key of await liveKeys(db, scope, kind, keys)) taken.add(key);
      if (turns.isOver) await turns.next();
    }
    const rows = ofKind.map(({ id, row }) => {
      const key = [row.key, id].find((one) => !taken.has(foldKey(one)));
      if (key === undefined) throw new Error(`A live ${kind} has the key ${id} already.`);
      const foldedKey = foldKey(key);
      taken.add(foldedKey);
      return [scope.organization, kind, id, key, foldedKey, row.key, 'live', since];
    });
    await insertLinks(db, rows, turns);
  }
}
