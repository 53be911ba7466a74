import { ScimError } from '../protocol/errors/scim-error.ts';
import { standardProfile } from '../protocol/profile.ts';
import { normaliseValue } from '../protocol/resource/normalise-value.ts';
import type { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import type { AttributeType } from '../protocol/schemas/schema.ts';
import type { ScimValue } from '../protocol/schemas/scim-value.ts';
import { sameValue } from '../protocol/values/same-value.ts';
import type { MappedProperty } from './attribute-mapping.ts';
import { Misfit } from './misfit.ts';
import { fromTimestamp } from './timestamp.ts';
import { isTooLong } from './too-long.ts';

const foreign = new Misfit('property-type', 'has a value that the SCIM attribute cannot have');

/**
 * The value of a SCIM attribute, as it is stored, for the value of a custom property; undefined for an empty one. The
 * inverse of `encodeProperty`: connectors may fill properties of these names with whatever they like, and what is not the
 * text, type or JSON list that the attribute takes is a misfit.
 */
export function decodeProperty(
  value: unknown,
  property: MappedProperty,
  schema: ResourceSchema,
): ScimValue | undefined | Misfit {
  if (isEmpty(value)) return undefined;
  if (property.isPlain) return typeof value === 'string' && isStorable(value) ? value : foreign;
  const attribute = property.sub ?? property.attribute;
  const input = inputOf(value, property, attribute.type);
  if (input === undefined) return foreign;
  try {
    const stored = normaliseValue(input, attribute, property.path, schema, standardProfile);
    // What was bent into shape, or of which a part was left out, would not come back.
    return stored !== undefined && sameValue(stored, input) ? stored : foreign;
  } catch (error) {
    if (error instanceof ScimError) return foreign;
    throw error;
  }
}

function isEmpty(value: unknown): boolean {
  return (
    value === undefined || value === null || value === '' || (Array.isArray(value) && value.every((one) => one === ''))
  );
}

/** As `normaliseValue` has it for a text that may be anything; too long for a payload, it would not come back. */
function isStorable(text: string): boolean {
  return !isTooLong(text) && text.isWellFormed() && !text.includes('\0');
}

/** What a client would send of the value; undefined where it is not of the property's type. */
function inputOf(value: unknown, property: MappedProperty, type: AttributeType): ScimValue | undefined {
  switch (property.type) {
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : undefined;
    case 'NUMBER':
      return typeof value === 'number' ? value : undefined;
    case 'TIMESTAMP':
      return typeof value === 'string' ? fromTimestamp(value) : undefined;
    case 'STRING_LIST':
      return Array.isArray(value) ? listOf(value, type) : undefined;
    case 'STRING':
      // It would not come back.
      if (typeof value !== 'string' || isTooLong(value)) return undefined;
      return type === 'complex' ? parseList(value) : simpleOf(value, type);
  }
}

function listOf(values: readonly unknown[], type: AttributeType): readonly ScimValue[] | undefined {
  const inputs = values
    .filter((value) => value !== '')
    .map((value) => (typeof value === 'string' && !isTooLong(value) ? simpleOf(value, type) : undefined));
  return inputs.every((input) => input !== undefined) ? inputs : undefined;
}

function simpleOf(text: string, type: AttributeType): ScimValue | undefined {
  if (type === 'boolean') return text === 'true' || (text === 'false' ? false : undefined);
  if (type !== 'integer' && type !== 'decimal') return text;
  const number = Number(text);
  // Another spelling, such as 1e3, would not come back.
  return String(number) === text ? number : undefined;
}

/** A JSON list without its nulls, which say the same as nothing (RFC 7643 s2.5). */
function parseList(text: string): readonly ScimValue[] | undefined {
  try {
    const list: unknown = text.includes('null') ? JSON.parse(text, withoutNull) : JSON.parse(text);
    return Array.isArray(list) ? list : undefined;
  } catch {
    return undefined;
  }
}

function withoutNull(_name: string, value: unknown): unknown {
  return value ?? undefined;
}
