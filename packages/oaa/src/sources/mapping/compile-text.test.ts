import { describe, expect, test } from 'vitest';
import { compileText, compileTexts } from './compile-text.ts';
import { evaluate } from './test-values.ts';
import type { ValueSpec } from './value-spec.ts';

const row = { id: ' 7 ', name: 'Jane', other: '', roles: 'a, b,,a', blank: '  ', __proto__x: 'p', constructor: 'c' };
const text = (spec: ValueSpec, record: Readonly<Record<string, unknown>> = row) => evaluate(compileText, spec, record);
const texts = (spec: ValueSpec | ValueSpec[]) => evaluate(compileTexts, spec, row);
const json = (spec: ValueSpec, record: Readonly<Record<string, unknown>>) =>
  evaluate(compileText, spec, record, { json: true });

describe('one value', () => {
  test.each<[string, ValueSpec, unknown]>([
    ['a text alone is a column, without outer spaces', 'id', '7'],
    ['a blank cell is no value', 'blank', undefined],
    ['a column', { column: 'name' }, 'Jane'],
    ['the first of several columns that is not empty', { columns: ['other', 'blank', 'name', 'id'] }, 'Jane'],
    ['no value when all of them are empty', { columns: ['other', 'blank'] }, undefined],
    ['a text with {{ is an expression', '{{name}}-{{id}}', 'Jane- 7'],
    ['an expression of blanks is no value', '{{other}} {{blank}}', undefined],
    ['a constant', { value: 'x' }, 'x'],
    ['a constant number is a text', { value: 5 }, '5'],
    ['a constant false is a text', { value: false }, 'false'],
    ['the default of an empty cell', { column: 'other', default: 'none' }, 'none'],
    ['no default where there is a value', { column: 'name', default: 'none' }, 'Jane'],
    ['a blank default is no value', { column: 'other', default: ' ' }, undefined],
    ['an optional column that is not there', { column: 'nowhere', optional: true }, undefined],
    ['one value of a list', { column: 'name', list: true }, 'Jane'],
    ['a column named as a property that all objects have', 'constructor', 'c'],
    ['a replaced value, whatever its case', { column: 'name', map: { JANE: 'J' } }, 'J'],
    ['a value that the map does not know stays', { column: 'name', map: { joe: 'J' } }, 'Jane'],
    ['a value mapped to nothing', { column: 'name', map: { jane: '' } }, undefined],
    ['the default of a value mapped to nothing', { column: 'name', map: { jane: '' }, default: 'd' }, 'd'],
    ['a value mapped to true', { column: 'name', map: { jane: true } }, 'true'],
  ])('%s', (_, spec, expected) => expect(text(spec)).toEqual(expected));

  test('several values where one is expected are refused', () => {
    expect(text({ column: 'roles', list: true })).toBe('fault: One value is expected, and here are 3: "a, b, a".');
  });

  test('columns of objects do not reach what all objects have', () => {
    expect(json('constructor', {})).toBeUndefined();
    expect(json('__proto__', {})).toBeUndefined();
    expect(json('a.constructor.name', { a: {} })).toBeUndefined();
    expect(text('toString', { a: 'x' })).toEqual(['rows.csv has no column "toString".']);
  });

  test.each<[unknown, unknown]>([
    [5, '5'],
    [true, 'true'],
    [null, undefined],
    [[], 'fault: A text is expected, and here is a list: [].'],
    [{ a: 1 }, 'fault: A text is expected, and here is an object: {"a":1}.'],
    [['x', 'y'], 'fault: A text is expected, and here is a list: ["x","y"].'],
  ])('the JSON value %j is %j', (value, expected) => {
    expect(json('a', { a: value })).toEqual(expected);
  });

  test('an unknown column is a problem of the mapping, with the nearest name', () => {
    expect(text('nme')).toEqual(['rows.csv has no column "nme". Did you mean "name"?']);
    expect(text({ columns: ['name', 'nowhere'] })).toEqual(['rows.csv has no column "nowhere".']);
  });
});

describe('several values', () => {
  test.each<[string, ValueSpec | ValueSpec[], unknown]>([
    ['a list at the delimiter of the mapping, each value once', { column: 'roles', list: true }, ['a', 'b']],
    ['a list at a delimiter of its own', { value: 'a|b , c', list: '|' }, ['a', 'b , c']],
    ['without list: the text as it is', 'roles', ['a, b,,a']],
    ['several specs, each value once', ['name', 'other', 'name', 'id'], ['Jane', '7']],
    ['none', ['other', 'blank'], undefined],
    ['a constant list', { value: ['x', 'y', 'x'] }, ['x', 'y']],
    ['a default list', { column: 'other', default: ['x', 'y'] }, ['x', 'y']],
    ['an empty default list is no value', { column: 'other', default: [] }, undefined],
    [
      'each item is replaced, also by several',
      { column: 'roles', list: true, map: { a: ['x', 'y'], b: '' } },
      ['x', 'y'],
    ],
    ['what an expression splits', { expression: '{{split roles ","}}', list: true }, ['a', 'b']],
  ])('%s', (_, spec, expected) => expect(texts(spec)).toEqual(expected));

  test('are the items of a JSON list, whose empty ones do not count', () => {
    const read = (value: unknown) => evaluate(compileTexts, 'a', { a: value }, { json: true });
    expect(read(['x', 1, null, '', true])).toEqual(['x', '1', 'true']);
    expect(read([])).toBeUndefined();
    expect(read([['x']])).toBe('fault: A text is expected, and here is a list: ["x"].');
    expect(evaluate(compileTexts, 'a.b', { a: { b: ['x'] } }, { json: true })).toEqual(['x']);
  });
});
