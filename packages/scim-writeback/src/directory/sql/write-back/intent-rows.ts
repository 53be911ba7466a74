import { type Kysely, type Selectable, sql } from 'kysely';
import { canonicalInstant } from '../../../protocol/filter/canonical-instant.ts';
import { showInstant } from '../../../protocol/values/date-time.ts';
import type { Intent } from '../../write-back.ts';
import { compileOnce } from '../compile-once.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { KeptEffect } from './intent-effect.ts';

type OfOrganization = Pick<Scope, 'organization'>;

const intentColumns = [
  'id',
  'kind',
  'resource_id',
  'done',
  'asked',
  'native_id',
  'refusal',
  'actor',
  'request_id',
  'origin',
  'digest',
  'state',
  'owner',
  'attempt',
  'lease_until',
  'opened_at',
  'reason',
] as const;

type IntentRow = Pick<Selectable<Tables['intents']>, (typeof intentColumns)[number]> & {
  /** Null where the contents are gone, which they are not while the intent is there. */
  readonly operations: string | null;
};

/** Those that lock their resource; in the words of the indexes, so that these are used. */
export const unsettled = sql<boolean>`state in ('open', 'needs-attention')`;

/** What is true of an intent while this owner, in this attempt, may write about it. */
export function heldIntent(db: Kysely<Tables>, { organization }: OfOrganization, intent: Fence) {
  return db
    .updateTable('intents')
    .where('organization', '=', organization)
    .where('id', '=', intent.id)
    .where('owner', '=', intent.owner)
    .where('attempt', '=', intent.attempt)
    .where('state', '=', 'open')
    .returning('id');
}

export type Fence = Pick<Intent, 'id' | 'owner' | 'attempt'>;

export function selectIntents(db: Kysely<Tables>, { organization }: OfOrganization) {
  return db
    .selectFrom('intents')
    .select(intentColumns)
    .select(contentOf('operations'))
    .where('organization', '=', organization);
}

/** What is kept apart of an intent, as a column of it. */
export function contentOf<Name extends 'operations' | 'effect'>(name: Name) {
  return sql<
    string | null
  >`(select ${sql.ref(`contents.${name}`)} from intent_contents as contents where contents.organization = intents.organization and contents.id = intents.id)`.as(
    name,
  );
}

/** What tx2 is to write. */
export async function readEffect(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  id: string,
): Promise<KeptEffect> {
  const [row] = await selectEffect(db, { organization, id });
  if (row === undefined) throw new Error(`The intent ${id} has lost its contents.`);
  return toEffect(row.effect);
}

const selectEffect = compileOnce((db, given: { organization: string; id: string }) =>
  db
    .selectFrom('intent_contents')
    .select('effect')
    .where('organization', '=', given.organization)
    .where('id', '=', given.id),
);

/** An effect from its JSON. */
export function toEffect(json: string | null): KeptEffect {
  if (json === null) throw new Error('An intent has lost its contents.');
  return parse(json) as KeptEffect;
}

/** An intent from its row. */
export function toIntent(row: IntentRow): Intent {
  return {
    id: row.id,
    kind: row.kind,
    resourceId: row.resource_id,
    operations: parse(row.operations ?? '[]') as Intent['operations'],
    done: row.done,
    asked: row.asked === 1,
    nativeId: row.native_id ?? undefined,
    refusal: row.refusal === null ? undefined : (parse(row.refusal) as Intent['refusal']),
    context: { actor: row.actor, requestId: row.request_id, origin: row.origin },
    digest: row.digest,
    state: row.state,
    owner: row.owner,
    attempt: row.attempt,
    leaseUntil: timestamp(row.lease_until),
    openedAt: timestamp(row.opened_at),
    reason: row.reason ?? undefined,
  };
}

/** The clock of the directory in milliseconds since 1970. */
export function epochMs(scope: Pick<Scope, 'now'>): number {
  return Date.parse(`${scope.now()}Z`);
}

function timestamp(ms: number): string {
  const text = new Date(ms).toISOString();
  return showInstant(canonicalInstant(text) ?? text);
}

/** Objects have no prototype, as everywhere where resources are kept. */
function parse(json: string): unknown {
  return JSON.parse(json, (_name, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.assign(Object.create(null), value)
      : value,
  );
}
