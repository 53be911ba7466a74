import { type Kysely, sql } from 'kysely';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import type { ResourceKind } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import { idsOf, listedIds } from './id-list.ts';
import type { Scope } from './scope.ts';
import { indexedText, type SearchedAttribute, searchedAttributes } from './searched-attributes.ts';
import type { Tables } from './tables.ts';
import { valuesAt } from './values-at.ts';

/** Values of one attribute of one resource. */
interface GivenValues {
  readonly organization: string;
  readonly kind: ResourceKind;
  readonly attribute: string;
  readonly id: string;
  /** JSON list. */
  readonly values: string;
}

const insertValues = compileOnce((db, { organization, kind, attribute, id, values }: GivenValues) =>
  db
    .insertInto('searched_values')
    .columns(['organization', 'kind', 'attribute', 'value', 'id'])
    .expression(
      db
        .selectFrom(listedIds(values))
        .select([
          sql<string>`${organization}`.as('organization'),
          sql<ResourceKind>`${kind}`.as('kind'),
          sql<string>`${attribute}`.as('attribute'),
          'listed.id as value',
          sql<string>`${id}`.as('id'),
        ]),
    ),
);

const deleteValues = compileOnce((db, { organization, kind, attribute, id, values }: GivenValues) =>
  db
    .deleteFrom('searched_values')
    .where('organization', '=', organization)
    .where('kind', '=', kind)
    .where('attribute', '=', attribute)
    .where('value', 'in', idsOf(values))
    .where('id', '=', id),
);

/**
 * Keeps the searched values of a resource in step with its attributes. They follow from these alone, so that what was kept
 * for a document is found again by it.
 *
 * @param before undefined for a resource that is made
 * @param after undefined for one that is deleted
 */
export async function keepSearchedValues(
  db: Kysely<Tables>,
  { organization }: Pick<Scope, 'organization'>,
  { kind, id }: { readonly kind: ResourceKind; readonly id: string },
  before: ScimObject | undefined,
  after: ScimObject | undefined,
): Promise<void> {
  for (const searched of searchedAttributes[kind]) {
    const attribute = searched.name;
    const had = searchedValues(before, searched);
    const has = searchedValues(after, searched);
    const gone = [...had].filter((value) => !has.has(value));
    const come = [...has].filter((value) => !had.has(value));
    const given = { organization, kind, attribute, id };
    if (gone.length > 0) await deleteValues(db, { ...given, values: JSON.stringify(gone) });
    if (come.length > 0) await insertValues(db, { ...given, values: JSON.stringify(come) });
  }
}

/** The texts of a resource that are searched for, each once. */
export function searchedValues(
  attributes: ScimObject | undefined,
  { name, sub }: SearchedAttribute,
): ReadonlySet<string> {
  const values = attributes === undefined ? [] : valuesAt(attributes, [name, sub]);
  return new Set(values.filter((value) => typeof value === 'string').map(indexedText));
}
