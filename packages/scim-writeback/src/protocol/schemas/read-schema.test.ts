import { describe, expect, test } from 'vitest';
import { InvalidSchemaError } from './invalid-schema-error.ts';
import { readSchema } from './read-schema.ts';

const urn = 'urn:example:params:scim:schemas:extension:payroll:1.0:User';

function problemsOf(document: unknown): readonly string[] {
  try {
    readSchema(document);
  } catch (error) {
    if (error instanceof InvalidSchemaError) return error.problems.map(({ path, message }) => `${path} ${message}`);
    throw error;
  }
  return [];
}

const problemsOfAttribute = (attribute: unknown) => problemsOf({ id: urn, attributes: [attribute] });

describe('a custom schema', () => {
  test('takes the defaults of RFC 7643 for what is not stated (#118)', () => {
    expect(readSchema({ id: urn, attributes: [{ name: 'payGrade' }] })).toEqual({
      id: urn,
      name: 'User',
      description: '',
      attributes: [
        {
          name: 'payGrade',
          type: 'string',
          multiValued: false,
          description: '',
          required: false,
          caseExact: false,
          mutability: 'readWrite',
          returned: 'default',
          uniqueness: 'none',
        },
      ],
    });
  });

  test('keeps all that is stated', () => {
    const attribute = {
      name: 'desk',
      type: 'complex',
      multiValued: true,
      description: 'Desks.',
      required: true,
      caseExact: false,
      mutability: 'immutable',
      returned: 'request',
      uniqueness: 'none',
      subAttributes: [
        {
          name: '$ref',
          type: 'reference',
          multiValued: false,
          description: '',
          required: false,
          caseExact: true,
          mutability: 'readOnly',
          returned: 'always',
          uniqueness: 'none',
          canonicalValues: ['a'],
          referenceTypes: ['external'],
        },
      ],
    };
    const document = { schemas: ['x'], id: urn, name: 'Desk', description: 'D', attributes: [attribute], meta: {} };
    expect(readSchema(document)).toEqual({ id: urn, name: 'Desk', description: 'D', attributes: [attribute] });
  });

  test('may have nulls, as some services publish them', () => {
    const attribute = { name: 'a', subAttributes: null, canonicalValues: null, type: null };
    expect(problemsOf({ id: urn, name: null, description: null, attributes: [attribute] })).toEqual([]);
  });

  test('is never returned where it is only written', () => {
    expect(
      readSchema({ id: urn, attributes: [{ name: 'pin', mutability: 'writeOnly' }] }).attributes[0]?.returned,
    ).toBe('never');
  });
});

describe('a custom schema is refused', () => {
  test.each([
    ['no object', [], [' has to be an object.']],
    ['a string', 'x', [' has to be an object.']],
    [
      'nothing in it',
      {},
      [
        'id has to be a URN such as urn:example:params:scim:schemas:extension:payroll:1.0:User.',
        'attributes has to be a list of 1 to 500 attributes.',
      ],
    ],
    ['unknown keys', { id: urn, attributes: [{ name: 'a' }], attribute: 1 }, ['attribute is no part of a schema.']],
  ])('%s', (_name, document, expected) => {
    expect(problemsOf(document)).toEqual(expected);
  });

  test.each(['x', 'urn:a', 'urn:a:', 'urn:a:b c', 'urn:a:b[c]', 'urn:a:b"', `urn:a:${'b'.repeat(300)}`, 'urn:a:b:'])(
    'the URN %j',
    (id) => {
      expect(problemsOf({ id, attributes: [{ name: 'a' }] })).toHaveLength(1);
    },
  );

  test.each([
    ['', {}],
    ['a.b', {}],
    ['1a', {}],
    ['a b', {}],
    ['$ref', {}],
    ['__proto__', {}],
    ['constructor', {}],
    ['prototype', {}],
    ['schemas', {}],
    ['ID', {}],
    ['externalId', {}],
    ['meta', {}],
    ['a'.repeat(200), {}],
  ])('the name %j', (name) => {
    expect(problemsOfAttribute({ name })).toHaveLength(1);
  });

  test.each([
    [
      { type: 'text' },
      'attributes[0].type has to be one of string, boolean, decimal, integer, dateTime, reference, binary, complex.',
    ],
    [{ type: 'complex' }, 'attributes[0].subAttributes has to be a list of 1 to 500 attributes.'],
    [{ subAttributes: [{ name: 'b' }] }, 'attributes[0].subAttributes may only be there for a complex attribute.'],
    [{ multiValued: 'true' }, 'attributes[0].multiValued has to be true or false.'],
    [{ multivalued: true }, 'attributes[0].multivalued is no characteristic of an attribute.'],
    [{ canonicalValues: 'x' }, 'attributes[0].canonicalValues has to be a list of strings.'],
    [{ mutability: 'writeOnly', returned: 'default' }, 'attributes[0].returned has to be never.'],
    [
      { multiValued: true, uniqueness: 'server' },
      'attributes[0].uniqueness has to be none but for single-valued simple attributes.',
    ],
  ])('%j', (characteristics, expected) => {
    expect(problemsOfAttribute({ name: 'a', ...characteristics })).toEqual([expected]);
  });

  test('complex and multi-valued sub-attributes (#119)', () => {
    const subAttributes = [
      { name: 'b', type: 'complex', subAttributes: [{ name: 'c' }] },
      { name: 'd', multiValued: true },
    ];
    expect(problemsOfAttribute({ name: 'a', type: 'complex', subAttributes })).toEqual([
      'attributes[0].subAttributes[0].type has to be another than complex for a sub-attribute.',
      'attributes[0].subAttributes[1].multiValued has to be false for a sub-attribute.',
    ]);
  });

  test('the same name twice, also in another case; and all problems are told at once', () => {
    const attributes = [{ name: 'a' }, { name: 'A', type: 'x' }, 7, { name: 'b', required: 1 }];
    expect(problemsOf({ id: urn, attributes, name: 1 })).toEqual([
      'name has to be a string.',
      'attributes[1].type has to be one of string, boolean, decimal, integer, dateTime, reference, binary, complex.',
      'attributes[1].name is "A" a second time; case does not count.',
      'attributes[2] has to be an object.',
      'attributes[3].required has to be true or false.',
    ]);
  });
});

test('the message of the error lists the problems', () => {
  expect(() => readSchema({ id: urn, attributes: [{ name: '1' }] })).toThrow(
    `The schema "${urn}" cannot be served:\n  attributes[0].name: has to be a letter, then letters, digits, hyphens and underscores.`,
  );
});
