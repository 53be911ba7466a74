import type { Kysely } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { canonicalInstant } from '../../protocol/filter/canonical-instant.ts';
import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { Attribute } from '../../protocol/schemas/schema.ts';
import type { ScimObject, ScimValue } from '../../protocol/schemas/scim-value.ts';
import { foldCase } from '../../protocol/text/fold-case.ts';
import type { ResourceKind } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';
import { valuesAt } from './values-at.ts';

/** An attribute of which no two resources of a kind have an equal value. RFC 7643 s7 `uniqueness`. */
export interface UniqueAttribute {
  /** With URN where it is an extension's: `emails.value`, `urn:...:User:employeeNumber`. */
  readonly path: string;
  /** From the resource to the value. */
  readonly names: readonly string[];
  readonly leaf: Attribute;
}

/** The attributes of a resource type that are unique. `id` is by being a key. */
export function uniqueAttributes({ type }: ResourceSchema): readonly UniqueAttribute[] {
  return [
    ...type.schema.attributes.flatMap((attribute) => uniqueLeaves(attribute, '', [])),
    ...type.extensions.flatMap(({ schema }) =>
      schema.attributes.flatMap((attribute) => uniqueLeaves(attribute, `${schema.id}:`, [schema.id])),
    ),
  ];
}

function uniqueLeaves(attribute: Attribute, prefix: string, above: readonly string[]): UniqueAttribute[] {
  const path = `${prefix}${attribute.name}`;
  const names = [...above, attribute.name];
  if (attribute.type === 'complex') {
    return (attribute.subAttributes ?? []).flatMap((sub) => uniqueLeaves(sub, `${path}.`, names));
  }
  return attribute.uniqueness === 'none' ? [] : [{ path, names, leaf: attribute }];
}

/** A value that no two resources of a kind share. */
export interface UniqueValue {
  readonly attribute: string;
  /** The same text for equal values. */
  readonly value: string;
}

/** Gives no row where another resource has the value. */
const take = compileOnce((db, given: Tables['unique_values']) =>
  db
    .insertInto('unique_values')
    .values({
      organization: given.organization,
      kind: given.kind,
      attribute: given.attribute,
      value: given.value,
      id: given.id,
    })
    .onConflict((conflict) => conflict.columns(['organization', 'kind', 'attribute', 'value']).doNothing())
    .returning('id'),
);

/** Makes a value free that a resource has. */
export const giveBack = compileOnce((db, given: Tables['unique_values']) =>
  db
    .deleteFrom('unique_values')
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .where('attribute', '=', given.attribute)
    .where('value', '=', given.value)
    // Where values change hands in a circle, somebody else may have it by now.
    .where('id', '=', given.id),
);

/**
 * Takes the unique values of a resource for it, and gives back those that it no longer has.
 *
 * @param before undefined for a resource that is made
 * @throws ScimError 409 `uniqueness` naming the attribute of which another resource has the value. RFC 7644 s3.3.
 */
export async function reserveUniqueValues(
  db: Kysely<Tables>,
  { organization, kinds }: Scope,
  resource: { readonly kind: ResourceKind; readonly id: string },
  before: ScimObject | undefined,
  after: ScimObject,
): Promise<void> {
  const { kind, id } = resource;
  const { unique } = kinds[kind];
  const had = before === undefined ? new Map<string, UniqueValue>() : uniqueValuesOf(before, unique);
  const has = uniqueValuesOf(after, unique);
  for (const [key, value] of had) {
    if (!has.has(key)) await giveBack(db, { organization, kind, ...value, id });
  }
  const clashes = new Set<string>();
  for (const [key, value] of has) {
    if (had.has(key)) continue;
    const taken = await take(db, { organization, kind, ...value, id });
    if (taken.length === 0) clashes.add(value.attribute);
  }
  if (clashes.size > 0) {
    const names = [...clashes].join(' and ');
    throw new ScimError(409, 'uniqueness', `Another ${kind} has the same ${names}, which has to be unique.`);
  }
}

/** The unique values of a resource, each once. */
export function uniqueValuesOf(attributes: ScimObject, unique: readonly UniqueAttribute[]): Map<string, UniqueValue> {
  const found = unique.flatMap(({ path, names, leaf }) =>
    valuesAt(attributes, names).flatMap((value) => {
      const text = textOf(value, leaf);
      return text === '' ? [] : [{ attribute: path, value: text }];
    }),
  );
  return new Map(found.map((value) => [keyOf(value), value]));
}

function keyOf({ attribute, value }: UniqueValue): string {
  return `${attribute}\n${value}`;
}

function textOf(value: ScimValue, { type, caseExact }: Attribute): string {
  const text = String(value);
  if (type === 'dateTime') return canonicalInstant(text) ?? text;
  return type === 'string' && !caseExact ? foldCase(text) : text;
}
