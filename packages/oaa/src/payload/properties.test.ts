import { describe, expect, test } from 'vitest';
import { InputError } from '../errors/errors.ts';
import { isPropertyName, PropertySchema, type PropertyType, propertyProblem } from './properties.ts';

function failure(work: () => unknown): InputError {
  try {
    work();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('the name of a custom property', () => {
  test.each(['a', 'NAME', 'built_in', 'constructor'])('may be %s', (name) => {
    expect(isPropertyName(name)).toBe(true);
  });

  test.each(['', '_a', 'a1', 'a-b', 'a b', '__proto__', 'é', 'a\n'])('may not be %j', (name) => {
    expect(isPropertyName(name)).toBe(false);
    const { code, message } = failure(() => new PropertySchema('local user').with({ [name]: 'STRING' }));
    expect([code, message]).toStrictEqual([
      'property-undefined',
      `Property name ${JSON.stringify(name)} is not allowed`,
    ]);
  });
});

describe('the value of a custom property', () => {
  const fitting: readonly [PropertyType, unknown][] = [
    ['BOOLEAN', false],
    ['NUMBER', 0],
    ['NUMBER', -1.5],
    ['STRING', ''],
    ['STRING', 'é'.repeat(2_048)],
    ['STRING_LIST', []],
    ['STRING_LIST', ['a', '']],
    ['TIMESTAMP', '2001-01-01T00:00:00Z'],
  ];
  test.each(fitting)('of type %s may be %j', (type, value) => {
    expect(propertyProblem(type, value)).toBeUndefined();
  });

  const unfit: readonly [PropertyType, unknown, string, string][] = [
    ['BOOLEAN', 'true', 'property-type', '"true" is not true or false'],
    ['BOOLEAN', null, 'property-type', 'null is not true or false'],
    ['NUMBER', '1', 'property-type', '"1" is not a finite number'],
    ['NUMBER', Number.POSITIVE_INFINITY, 'property-type', 'Infinity is not a finite number'],
    ['STRING', 1, 'property-type', '1 is not a string'],
    ['STRING', ['a'], 'property-type', 'a list is not a string'],
    ['STRING', 'é'.repeat(2_049), 'too-long', 'The text is longer than 4,096 bytes'],
    ['STRING_LIST', 'a', 'property-type', '"a" is not a list of strings'],
    ['STRING_LIST', ['a', 1], 'property-type', 'a list is not a list of strings'],
    ['STRING_LIST', ['x'.repeat(4_097)], 'too-long', 'The text is longer than 4,096 bytes'],
    ['TIMESTAMP', 0, 'property-type', '0 is not an RFC 3339 timestamp such as "2026-01-31T09:00:00Z"'],
    [
      'TIMESTAMP',
      '2001-01-01',
      'bad-timestamp',
      '"2001-01-01" is not an RFC 3339 timestamp such as "2026-01-31T09:00:00Z"',
    ],
  ];
  test.each(unfit)('of type %s may not be %j', (type, value, code, message) => {
    expect(propertyProblem(type, value)).toStrictEqual({ code, message });
  });
});

describe('a property schema', () => {
  const schema = new PropertySchema('local user').with({
    Department: 'STRING',
    peers: 'STRING_LIST',
    hired: 'TIMESTAMP',
  });

  test('finds a property whatever its case and gives it the spelling of its definition', () => {
    expect(schema.check('DEPARTMENT', 'Sales')).toStrictEqual(['Department', 'Sales']);
  });

  test('writes a Date as a timestamp, and keeps a list apart from the caller', () => {
    expect(schema.check('hired', new Date('2001-01-01T00:00:00Z'))).toStrictEqual([
      'hired',
      '2001-01-01T00:00:00.000Z',
    ]);
    const peers = ['a'];
    const [, value] = schema.check('peers', peers);
    peers.push('b');
    expect(value).toStrictEqual(['a']);
  });

  test('names the nearest property when one is not defined', () => {
    const { code, message, hint } = failure(() => schema.check('departmnt', 'Sales'));
    expect({ code, message, hint }).toStrictEqual({
      code: 'property-undefined',
      message: 'Property "departmnt" is not defined for local user. Did you mean "Department"?',
      hint: 'Defined are: Department, peers, hired.',
    });
    expect(failure(() => new PropertySchema('local user').check('x', 1)).hint).toBe(
      'Define it where the application is made.',
    );
  });

  test('refuses a value of another type, and says which', () => {
    const { code, message } = failure(() => schema.check('department', 1));
    expect([code, message]).toStrictEqual(['property-type', 'Property "Department" of local user: 1 is not a string.']);
  });

  test('grows to a new schema and does not change itself', () => {
    const larger = schema.with({ DEPARTMENT: 'STRING', floor: 'NUMBER' });
    expect(larger.toWire()).toStrictEqual({
      Department: 'STRING',
      peers: 'STRING_LIST',
      hired: 'TIMESTAMP',
      floor: 'NUMBER',
    });
    expect(schema.names()).toStrictEqual(['Department', 'peers', 'hired']);
  });

  test('refuses a second type for a name, and a type that does not exist', () => {
    expect(failure(() => schema.with({ department: 'NUMBER' })).message).toBe(
      'Property "department" of local user is defined as STRING and as NUMBER',
    );
    // @ts-expect-error TEXT is not a type.
    expect(failure(() => schema.with({ other: 'TEXT' })).code).toBe('property-type');
  });

  test('knows nothing of Object.prototype', () => {
    expect(failure(() => schema.check('toString', 'x')).code).toBe('property-undefined');
    expect(failure(() => schema.check('__proto__', 'x')).code).toBe('property-undefined');
  });
});
