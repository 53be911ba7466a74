import type { WireUser } from '@oaa-kit/oaa';
import fc from 'fast-check';
import type { Attribute } from '../protocol/schemas/schema.ts';
import type { AttributeMapping, MappedProperty } from './attribute-mapping.ts';
import { isOwnPart } from './readable.ts';

/** Texts that say something, in any script. */
const texts = fc.oneof(
  fc.constantFrom('a', 'A', 'Straße', 'O"Brien\\', '=1+1', 'true', '[]', '42', '__proto__', '\u{1F600}'),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).filter((text) => !text.includes('\0')),
);
const names = texts.filter((text) => text.trim() !== '');
const addresses = fc.emailAddress().map((address) => address.toLowerCase());
const instants = fc
  .date({ noInvalidDate: true, min: new Date('0001-01-01T00:00:00Z'), max: new Date('9999-12-31T23:59:59Z') })
  .map((date) => date.toISOString());

function simpleOf({ type }: Attribute): fc.Arbitrary<string | number | boolean> {
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.maxSafeInteger().map((number) => number + 0);
  if (type === 'decimal') return fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => number + 0);
  if (type === 'dateTime') return instants;
  if (type === 'reference') return fc.webUrl();
  return type === 'binary' ? fc.base64String({ minLength: 4, maxLength: 16 }) : texts;
}

function complexOf({ subAttributes = [] }: Attribute): fc.Arbitrary<object> {
  const own = subAttributes.filter((sub) => isOwnPart(sub) && sub.name !== 'primary');
  const parts = own.map((sub) => fc.tuple(fc.constant(sub.name), simpleOf(sub)));
  return fc.tuple(...parts).map((entries) => Object.fromEntries(entries));
}

/** Values of a custom property in the one form in which `toLocalUser` writes it. */
function valuesOf({ type, attribute, sub }: MappedProperty): fc.Arbitrary<unknown> {
  const of = sub ?? attribute;
  if (of.type === 'complex') {
    const key = (value: object) =>
      ('value' in value ? String(value.value) : JSON.stringify(value)).normalize().toLowerCase();
    const values = fc.uniqueArray(complexOf(of), { minLength: 1, maxLength: 3, selector: key });
    return values.map((list) => JSON.stringify(list));
  }
  if (type === 'STRING_LIST') {
    const lists = fc.uniqueArray(simpleOf(of).map(String), {
      minLength: 1,
      maxLength: 3,
      selector: (text) => text.normalize().toLowerCase(),
    });
    return lists;
  }
  return of.type === 'decimal' ? simpleOf(of).map(String) : simpleOf(of);
}

function propertiesOf(mapping: AttributeMapping): fc.Arbitrary<Record<string, unknown> | undefined> {
  const entries = mapping.properties.map((property) => {
    return fc.option(fc.tuple(fc.constant(property.name), valuesOf(property)), { nil: undefined });
  });
  return fc.tuple(...entries).map((some) => {
    const found = some.filter((entry) => entry !== undefined);
    return found.length === 0 ? undefined : Object.fromEntries(found);
  });
}

/** Local users with nothing that `lossyAttributes` lists. */
export function losslessUsers(mapping: AttributeMapping): fc.Arbitrary<WireUser> {
  return fc
    .record({
      name: names,
      identities: fc.uniqueArray(addresses, { maxLength: 3 }),
      active: fc.option(fc.boolean()),
      created: fc.option(instants),
      properties: propertiesOf(mapping),
    })
    .map(({ name, identities, active, created, properties }) => ({
      name,
      ...(identities[0] !== undefined && { email: identities[0], identities }),
      ...(active !== null && { is_active: active }),
      ...(created !== null && { created_at: created }),
      ...(properties !== undefined && { custom_properties: properties as NonNullable<WireUser['custom_properties']> }),
    }));
}

const anything = fc.oneof(
  texts,
  addresses,
  fc.constantFrom('', ' ', '[{"value":"+1"}]', '[{"value":null}]', '[{"__proto__":"x"}]', '[1]', '{', 'null', '[null]'),
  fc.constantFrom('x'.repeat(4097), '2026-01-31t09:00:00z', '2016-12-31T23:59:60Z', '2026-01-31T09:00:00+23:00'),
  fc.integer(),
  fc.double({ noNaN: true }),
  fc.boolean(),
  fc.array(texts, { maxLength: 3 }),
);

/** Local users as connectors make them: with all that SCIM cannot say, and properties of any type under any name. */
export function extractedUsers(mapping: AttributeMapping): fc.Arbitrary<WireUser> {
  const keys = fc.constantFrom(
    ...mapping.properties.map(({ name }) => name),
    'TITLE',
    '__proto__',
    'constructor',
    'own_data',
  );
  const properties = fc.array(fc.tuple(keys, anything), { maxLength: 8 }).map((entries) => Object.fromEntries(entries));
  const optional = {
    id: names,
    email: fc.oneof(addresses, fc.constantFrom('', 'jane', 'Jane@Example.com')),
    identities: fc.array(fc.oneof(addresses, fc.constantFrom('jdoe', 'Jane@Example.com', 'jane@example.com', '')), {
      maxLength: 4,
    }),
    groups: fc.constant(['g']),
    is_active: fc.boolean(),
    created_at: fc.constantFrom('2026-01-31T09:00:00+02:00', '2016-12-31T23:59:60Z', '2026-01-31T09:00:00.123456789Z'),
    user_type: fc.constant('human'),
    tags: fc.constant([{ key: 'k', value: 'v' }]),
    custom_properties: properties,
  };
  return fc.record({ name: names, ...optional }, { requiredKeys: ['name'] }) as unknown as fc.Arbitrary<WireUser>;
}
