import { describe, expect, test } from 'vitest';
import { type Profile, standardProfile } from '../profile.ts';
import { normaliseResource } from '../resource/normalise-resource.ts';
import { customUsers, groups } from '../resource/test-schemas.ts';
import { readSchema } from '../schemas/read-schema.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute, AttributeType, ResourceType } from '../schemas/schema.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { compileSelection } from '../selection/compile-selection.ts';
import { applySelection } from '../selection/select-attributes.ts';
import { type SchemaDocument, schemaDocuments } from './schema-document.ts';

/** Nothing is coerced, so that types are as published. */
const strict: Profile = {
  ...standardProfile,
  stringBooleans: 'reject',
  looseShapes: 'reject',
  unknownAttributes: 'reject',
  omittedActive: 'unassigned',
  passwords: 'keep',
};

const samples: Readonly<Record<AttributeType, unknown>> = {
  string: 'text',
  boolean: true,
  decimal: 1.5,
  integer: 7,
  dateTime: '2026-01-31T09:30:00Z',
  reference: 'https://example.com/',
  binary: 'AAAA',
  complex: {},
};

/** Values of other types, none of which would do for a type. */
const wrong: Readonly<Record<AttributeType, readonly unknown[]>> = {
  string: [1, true, {}],
  boolean: ['true', 1, {}],
  decimal: ['1', true, {}],
  integer: ['1', 1.5, true, {}],
  dateTime: ['2026-01-31', 1, true, {}],
  reference: ['a b', 1, true, {}],
  binary: ['%', 1, true, {}],
  complex: ['a', 1, true],
};

/** A client's view of a published schema. */
interface Case {
  readonly path: string;
  readonly schema: ResourceSchema;
  readonly document: SchemaDocument;
  readonly attribute: Attribute;
}

const cases = [customUsers, groups].flatMap((schema) =>
  published(schema.type).flatMap((document) =>
    document.attributes.map(
      (attribute): Case => ({ path: `${document.id}:${attribute.name}`, schema, document, attribute }),
    ),
  ),
);

function published(type: ResourceType): readonly SchemaDocument[] {
  return JSON.parse(JSON.stringify(schemaDocuments([type], 'https://scim.example.com')));
}

/** A value that the published attribute takes. */
function sample(attribute: Attribute): unknown {
  const { type, multiValued, subAttributes = [] } = attribute;
  const one =
    type === 'complex' ? Object.fromEntries(subAttributes.map((sub) => [sub.name, sample(sub)])) : samples[type];
  return multiValued ? [one] : one;
}

/** What is expected to be stored of it. */
function storedSample({ subAttributes, multiValued, ...attribute }: Attribute): unknown {
  if (attribute.mutability === 'readOnly') return undefined;
  const subs = subAttributes?.map((sub) => [sub.name, storedSample(sub)]).filter(([, value]) => value !== undefined);
  const one = subs === undefined ? samples[attribute.type] : Object.fromEntries(subs);
  return multiValued ? [one] : one;
}

/** A body with every required attribute of the published core schema, and the given one. */
function bodyWith({ schema, document, attribute }: Case, value: unknown): Record<string, unknown> {
  const core = published(schema.type)[0] as SchemaDocument;
  const required = core.attributes.filter((one) => one.required).map((one) => [one.name, sample(one)]);
  const data = { [attribute.name]: value };
  const base = { schemas: [core.id], ...Object.fromEntries(required) };
  return document.id === core.id ? { ...base, ...data } : { ...base, [document.id]: data };
}

function storedValue({ schema, document, attribute }: Case, resource: ScimObject): unknown {
  const data = document.id === schema.type.schema.id ? resource : (resource[document.id] as ScimObject | undefined);
  return data?.[attribute.name];
}

describe.each(cases)('$path', (one) => {
  const { schema, attribute } = one;
  const store = (value: unknown) => normaliseResource(bodyWith(one, value), schema, strict);

  test('takes a value of the published type, and leaves out what is published as readOnly', () => {
    expect(storedValue(one, store(sample(attribute)))).toEqual(storedSample(attribute));
  });

  test('is refused with values of other types, unless it is only read', () => {
    const { multiValued, mutability, type } = attribute;
    const values = wrong[type].map((value) => (multiValued ? [value] : value));
    // An empty object is unassigned only where an object may be.
    const shapes = multiValued ? [samples[type]] : [[samples[type], samples[type]]];
    for (const value of [...values, ...(type === 'complex' && !multiValued ? [] : shapes)]) {
      if (mutability === 'readOnly') expect(storedValue(one, store(value))).toBeUndefined();
      else expect(() => store(value)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue' }));
    }
  });

  test('has sub-attributes that are refused with values of other types, unless they are only read', () => {
    if (attribute.mutability === 'readOnly') return;
    for (const sub of attribute.subAttributes ?? []) {
      const whole = Object.fromEntries((attribute.subAttributes ?? []).map((each) => [each.name, sample(each)]));
      for (const value of wrong[sub.type]) {
        const element = { ...whole, [sub.name]: value };
        const store_ = () => store(attribute.multiValued ? [element] : element);
        if (sub.mutability === 'readOnly') expect(store_).not.toThrow();
        else expect(store_).toThrow(expect.objectContaining({ scimType: 'invalidValue' }));
      }
    }
  });

  test('has to be there where it is published as required', () => {
    if (attribute.required) expect(() => store(null)).toThrow(expect.objectContaining({ scimType: 'invalidValue' }));
    else expect(() => store(null)).not.toThrow();
  });

  test('is returned as published', () => {
    const resource = Object.assign(store(sample(attribute)), { id: '1' });
    const shown = storedValue(one, applySelection(resource, compileSelection(schema, {})));
    const named = storedValue(one, applySelection(resource, compileSelection(schema, { attributes: [one.path] })));
    const others = storedValue(one, applySelection(resource, compileSelection(schema, { attributes: ['id'] })));
    const there = attribute.mutability !== 'readOnly';
    expect(shown !== undefined).toBe(there && ['always', 'default'].includes(attribute.returned));
    expect(named !== undefined).toBe(there && attribute.returned !== 'never');
    expect(others !== undefined).toBe(there && attribute.returned === 'always');
  });

  test('takes other values than the canonical ones', () => {
    const subs = (attribute.subAttributes ?? []).filter((sub) => sub.canonicalValues !== undefined);
    for (const sub of subs) {
      const whole = Object.fromEntries((attribute.subAttributes ?? []).map((each) => [each.name, sample(each)]));
      expect(() => store([{ ...whole, [sub.name]: 'something else' }])).not.toThrow();
    }
  });
});

test('#116 a published extension can be read back as a custom schema, and is the same', () => {
  const [, enterprise, custom] = published(customUsers.type);
  const read = [enterprise, custom].map((document) => readSchema(document));
  expect(read).toEqual(customUsers.type.extensions.map(({ schema }) => schema));
});

test('there is a case for every attribute that is enforced', () => {
  const enforced = [customUsers, groups].flatMap(({ type }) =>
    [type.schema, ...type.extensions.map(({ schema }) => schema)].flatMap((schema) =>
      schema.attributes.map(({ name }) => `${schema.id}:${name}`),
    ),
  );
  expect(cases.map(({ path }) => path)).toEqual(enforced);
});
