import type { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import type { Attribute, Schema } from '../../protocol/schemas/schema.ts';
import { isScimObject, ownMember, type ScimObject, type ScimValue } from '../../protocol/schemas/scim-value.ts';
import { sameValue } from '../../protocol/values/same-value.ts';
import type { ChangedFacts } from '../directory.ts';

/** In the place of a value that nobody may read: that it changed is all that is kept. */
const secret = { secret: true };

/**
 * The attributes that differ, by name (with the URN for those of extensions), with the values they have now; `null` for
 * what was taken away. Undefined where nothing differs. RFC 7643 s7: a value that is never returned, or only written, is
 * not told.
 */
export function changedAttributes(
  before: ScimObject,
  after: ScimObject,
  schema: ResourceSchema,
): ChangedFacts['attributes'] {
  const facts: Record<string, unknown> = Object.create(null);
  compareAttributes(before, after, schema, undefined, facts);
  for (const { schema: extension } of schema.type.extensions) {
    compareAttributes(objectAt(before, extension.id), objectAt(after, extension.id), schema, extension, facts);
  }
  return Object.keys(facts).length > 0 ? facts : undefined;
}

function compareAttributes(
  before: ScimObject,
  after: ScimObject,
  schema: ResourceSchema,
  extension: Schema | undefined,
  facts: Record<string, unknown>,
): void {
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (extension === undefined && schema.type.extensions.some((one) => one.schema.id === name)) continue;
    const value = ownMember(after, name);
    if (sameValue(ownMember(before, name), value)) continue;
    const attribute = schema.attribute(name, extension);
    facts[extension === undefined ? name : `${extension.id}:${name}`] =
      value === undefined ? null : readable(value, attribute);
  }
}

/** A value that no schema describes may be anything, and is not told either. */
function readable(value: ScimValue, attribute: Attribute | undefined): unknown {
  if (attribute === undefined || attribute.returned === 'never' || attribute.mutability === 'writeOnly') return secret;
  if (Array.isArray(value)) return value.map((one: ScimValue) => readable(one, attribute));
  if (!isScimObject(value)) return value;
  const parts = Object.entries(value).map(([name, part]) => {
    const sub = attribute.subAttributes?.find((one) => one.name === name);
    return [name, readable(part, sub)];
  });
  return Object.fromEntries(parts);
}

function objectAt(container: ScimObject, name: string): ScimObject {
  const value = ownMember(container, name);
  return isScimObject(value) ? value : Object.create(null);
}
