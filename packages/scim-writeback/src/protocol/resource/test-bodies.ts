import fc from 'fast-check';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute } from '../schemas/schema.ts';

/** Bodies that a client may send for a resource type: valid values, names in any case, extensions nested or flat. */
export function bodies({ type }: ResourceSchema): fc.Arbitrary<Record<string, unknown>> {
  const core = members([externalId, ...type.schema.attributes]);
  const extensions = type.extensions.map(({ schema }) =>
    fc.tuple(members(schema.attributes), fc.boolean()).map(([data, flat]) => {
      if (!flat) return { [schema.id]: data };
      return Object.fromEntries(Object.entries(data).map(([name, value]) => [`${schema.id}:${name}`, value]));
    }),
  );
  return fc
    .tuple(core, ...extensions)
    .map((parts) => Object.assign({ schemas: [type.schema.id] }, ...parts) as Record<string, unknown>);
}

const externalId = { name: 'externalId', type: 'string', required: false } as Attribute;

function members(attributes: readonly Attribute[]): fc.Arbitrary<Record<string, unknown>> {
  const entries = attributes.map((attribute) => {
    const entry = fc.tuple(inAnyCase(attribute.name), valuesOf(attribute));
    return attribute.required ? entry : fc.option(entry, { freq: 1 });
  });
  return fc.tuple(...entries).map((some) => Object.fromEntries(some.filter((entry) => entry !== null)));
}

function inAnyCase(name: string): fc.Arbitrary<string> {
  return fc.constantFrom(name, name.toUpperCase(), name.toLowerCase());
}

/** Values that an attribute takes. */
function valuesOf(attribute: Attribute): fc.Arbitrary<unknown> {
  if (!attribute.multiValued) return elementsOf(attribute);
  return fc.array(elementsOf(attribute), { maxLength: 3 }).map(withOnePrimary);
}

function withOnePrimary(values: unknown[]): unknown[] {
  let primaries = 0;
  return values.map((value) => {
    const primary = typeof value === 'object' && value !== null && Object.keys(value).find(isPrimaryName);
    if (!primary || (value as Record<string, unknown>)[primary] !== true || ++primaries === 1) return value;
    return { ...value, [primary]: false };
  });
}

function isPrimaryName(name: string): boolean {
  return name.toLowerCase() === 'primary';
}

function elementsOf({ type, required, subAttributes }: Attribute): fc.Arbitrary<unknown> {
  if (type === 'complex') return members(subAttributes ?? []);
  if (type === 'boolean') return fc.boolean();
  if (type === 'integer') return fc.maxSafeInteger();
  if (type === 'decimal') return fc.double({ noNaN: true, noDefaultInfinity: true });
  if (type === 'dateTime') return fc.date({ noInvalidDate: true, min: earliest, max: latest }).map(printDate);
  if (type === 'reference') return fc.webUrl();
  if (type === 'binary') return fc.base64String({ minLength: 4, maxLength: 16 });
  return required ? texts.filter((text) => text.trim() !== '') : texts;
}

const earliest = new Date('0001-01-01T00:00:00Z');
const latest = new Date('9999-12-31T23:59:59Z');

function printDate(date: Date): string {
  return date.toISOString();
}

const texts = fc.oneof(
  fc.constantFrom('work', 'home', 'Work', 'a', 'A', 'Straße', 'ΟΔΟΣ', 'O"Brien\\', ''),
  fc.string({ unit: 'binary', maxLength: 8 }).filter((text) => !text.includes('\0')),
);
