import { describe, expect, test } from 'vitest';
import { customSchema } from '../resource/test-schemas.ts';
import { groupSchema } from '../schemas/group-schema.ts';
import type { Attribute, Schema } from '../schemas/schema.ts';
import type { ScimValue } from '../schemas/scim-value.ts';
import { userSchema } from '../schemas/user-schema.ts';
import { valueKey } from './value-key.ts';

function named(schema: Schema, name: string): Attribute {
  const found = schema.attributes.find((attribute) => attribute.name === name);
  if (found === undefined) throw new Error(name);
  return found;
}

const emails = named(userSchema, 'emails');
const members = named(groupSchema, 'members');
const addresses = named(userSchema, 'addresses');
const tags = named(customSchema, 'tags');
const hired = named(customSchema, 'hired');

describe('#120 two values are the same value', () => {
  test.each<[Attribute, ScimValue, ScimValue, boolean]>([
    [emails, { value: 'a' }, { value: 'A', primary: true, display: 'x' }, true],
    [emails, { value: 'a', type: 'work' }, { value: 'a', type: 'WORK' }, true],
    [emails, { value: 'a', type: 'work' }, { value: 'a' }, false],
    [emails, { value: 'a' }, { value: 'b' }, false],
    [emails, { display: 'a' }, { display: 'a' }, true],
    [emails, { display: 'a' }, { display: 'a', type: 'work' }, false],
    [emails, { value: 'a","b' }, { value: 'a', type: 'b' }, false],
    [members, { value: 'a', type: 'User' }, { value: 'a', $ref: 'x' }, true],
    [members, { value: 'a' }, { value: 'A' }, false],
    [addresses, { locality: 'Bonn' }, { locality: 'BONN' }, true],
    [addresses, { locality: 'Bonn' }, { region: 'Bonn' }, false],
    [tags, 'a', 'A', true],
    [tags, 'a', 'b', false],
    [hired, '2026-01-31T10:00:00Z', '2026-01-31T11:00:00.0+01:00', true],
  ])('%#: %j and %j', (attribute, left, right, expected) => {
    expect(valueKey(left, attribute) === valueKey(right, attribute)).toBe(expected);
  });
});
