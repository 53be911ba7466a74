import type { Kysely } from 'kysely';
import { compileOnce } from '../compile-once.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import { giveBack } from '../unique-values.ts';
import type { UniqueValue } from './intent-effect.ts';
import { contentOf, toEffect, unsettled } from './intent-rows.ts';

type OfOrganization = Pick<Scope, 'organization'>;

const insertValue = compileOnce((db, given: Tables['unique_values']) =>
  db.insertInto('unique_values').values({
    organization: given.organization,
    kind: given.kind,
    attribute: given.attribute,
    value: given.value,
    id: given.id,
  }),
);

const selectHolder = compileOnce((db, given: Omit<Tables['unique_values'], 'id'>) =>
  db
    .selectFrom('unique_values')
    .select('id')
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .where('attribute', '=', given.attribute)
    .where('value', '=', given.value),
);

const selectValues = compileOnce((db, given: { organization: string; id: string }) =>
  db
    .selectFrom('unique_values')
    .select(['kind', 'attribute', 'value', 'id'])
    .where('organization', '=', given.organization)
    .where('id', '=', given.id),
);

/** Takes values that nobody has. */
export async function takeValues(db: Kysely<Tables>, { organization }: OfOrganization, values: readonly UniqueValue[]) {
  for (const value of values) await insertValue(db, { organization, ...value });
}

/** Gives values back, and nothing that somebody else has by now. */
export async function giveBackValues(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  values: readonly UniqueValue[],
) {
  for (const { kind, attribute, value, id } of values) {
    await giveBack(db, { organization, kind, attribute, value, id });
  }
}

/** All that a resource has or has reserved. */
export function valuesOf(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  id: string,
): Promise<readonly UniqueValue[]> {
  return selectValues(db, { organization, id });
}

/** Who has one of the values; undefined: nobody. */
export async function holderOf(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  values: readonly UniqueValue[],
): Promise<string | undefined> {
  for (const { kind, attribute, value } of values) {
    const [held] = await selectHolder(db, { organization, kind, attribute, value });
    if (held !== undefined) return held.id;
  }
  return undefined;
}

/** What all intents of the organization that are not closed have reserved. */
export async function reservedValues(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
): Promise<readonly UniqueValue[]> {
  const rows = await db
    .selectFrom('intents')
    .select(contentOf('effect'))
    .where('organization', '=', organization)
    .where(unsettled)
    .execute();
  return rows.flatMap(({ effect }) => toEffect(effect).reserved);
}
