import { describe, expect, test } from 'vitest';
import { compileText } from './compile-text.ts';
import { evaluate } from './test-values.ts';

const row = {
  name: 'Jane Doe',
  email: 'Jane@Shop.example',
  empty: '',
  blank: ' ',
  'First name': 'Jane',
  'a.b': 'dotted',
  roles: 'a, b ,,c',
  day: '31/01/2026',
  country: ' DE ',
  constructor: 'c',
  lower: 'L',
  'user-id': '7',
  cost: '$& 5',
};
const tables = { countries: { de: 'Germany', fr: '' } };
const text = (expression: string, record: Readonly<Record<string, unknown>> = row, json = false) =>
  evaluate(compileText, expression, record, { tables, json });

describe('an expression', () => {
  test.each([
    ['{{name}}', 'Jane Doe'],
    ['x-{{name}}-{{user-id}}', 'x-Jane Doe-7'],
    ['{{[First name]}}', 'Jane'],
    ['{{a.b}}', 'dotted'],
    ['{{constructor}}', 'c'],
    ['{{lower}}', 'L'],
    ['{{{name}}}', 'Jane Doe'],
    ['{{lower email}}', 'jane@shop.example'],
    ['{{upper name}}', 'JANE DOE'],
    ['[{{trim blank}}]', '[]'],
    ['{{split roles}}', 'a,b,c'],
    ['{{join (split roles ",") "; "}}', 'a; b; c'],
    ['{{join name}}', 'Jane Doe'],
    ['{{default empty blank name "x"}}', 'Jane Doe'],
    ['{{default empty "x"}}', 'x'],
    ['{{replace email "@Shop.example" ""}}', 'Jane'],
    ['{{replace name "" "x"}}', 'Jane Doe'],
    ['{{replace name "Doe" cost}}', 'Jane $& 5'],
    ['{{date day "DD/MM/YYYY"}}', '2026-01-31T00:00:00Z'],
    ['{{date empty}}', undefined],
    ['{{lookup "countries" country}}', 'Germany'],
    ['{{lookup "countries" empty}}', undefined],
    ['{{lookup "countries" "fr"}}', undefined],
    ['{{#if empty}}x{{else}}y{{/if}}', 'y'],
    ['{{#unless empty}}x{{/unless}}', 'x'],
    ['{{#if empty}}a{{else if name}}b{{else}}c{{/if}}', 'b'],
    ['{{^if empty}}x{{/if}}', 'x'],
    ['{{#if (lookup "countries" country)}}known{{/if}}', 'known'],
    ['a {{! note }}b', 'a b'],
    ['<{{name}}> & "x"', '<Jane Doe> & "x"'],
  ])('%s is %j', (expression, expected) => {
    expect(evaluate(compileText, { expression }, row, { tables })).toBe(expected);
  });

  test.each([
    ['{{lookup "countries" name}}', 'The table "countries" has no entry for "Jane Doe".'],
    ['{{date name "DD/MM/YYYY"}}', '"Jane Doe" is not a date of the form DD/MM/YYYY.'],
  ])('%s is refused where the row is not what it needs', (expression, message) => {
    expect(text(expression)).toBe(`fault: ${message}`);
  });

  test('a typo is a problem of the mapping, with the nearest name', () => {
    expect(text('{{lowr email}}')).toEqual(['There is no helper "lowr". Did you mean "lower"?']);
    expect(text('{{lower emial}}')).toEqual(['rows.csv has no column "emial". Did you mean "email"?']);
    expect(text('{{lookup "contries" name}}')).toEqual(['There is no table "contries". Did you mean "countries"?']);
    expect(text('{{date day "DD-MM"}}')).toEqual([expect.stringContaining('The date format "DD-MM" is not usable: ')]);
    expect(text('{{First name}}')).toEqual(['There is no helper "First".']);
    expect(text('{{name')).toEqual(['The expression "{{name" is not complete.']);
    expect(text('{{#if name}}x{{/unless}}')).toEqual([
      `The expression "{{#if name}}x{{/unless}}" is not complete: if doesn't match unless - 1:3.`,
    ]);
  });

  test.each([
    ['{{> partial}}', 'partials'],
    ['{{#> partial}}{{/partial}}', 'partials'],
    ['{{* decorator}}', 'decorators'],
    ['{{#* inline "x"}}{{/inline}}', 'decorators'],
    ['{{#each name}}x{{/each}}', '{{#each}}'],
    ['{{#with name}}x{{/with}}', '{{#with}}'],
    ['{{#name}}x{{/name}}', '{{#name}}'],
    ['{{#if}}x{{/if}}', '{{#if}} with other than one value'],
    ['{{#if name empty}}x{{/if}}', '{{#if}} with other than one value'],
    ['{{#if name includeZero=true}}x{{/if}}', 'named arguments'],
    ['{{lower name x=1}}', 'named arguments'],
    ['{{this}}', '"this"'],
    ['{{../name}}', '"../name"'],
    ['{{@root}}', '"@root"'],
    ['{{"name"}}', 'a constant where a column is expected'],
    ['{{5}}', 'a constant where a column is expected'],
    ['{{true}}', 'a constant where a column is expected'],
    ['{{join (split)}}', 'the helper "split" without a value'],
    ['{{lookup name empty}}', 'lookup in this form'],
    ['{{lookup "countries"}}', 'lookup in this form'],
  ])('%s is a problem of the mapping', (expression, what) => {
    expect(text(expression)).toContain(`An expression may not use ${what}.`);
  });

  test('helpers of handlebars and properties of objects are no helpers', () => {
    for (const name of ['each', 'log', 'toString', 'constructor', '__proto__', '__defineGetter__', 'hasOwnProperty']) {
      expect(text(`{{${name} name}}`)).toEqual([expect.stringContaining(`There is no helper "${name}".`)]);
    }
  });

  test('a deep one is compiled, not a crash', () => {
    const deep = `{{${'lower ('.repeat(300)}lower name${')'.repeat(300)}}}`;
    expect(text(deep)).toBe('jane doe');
  });
});

describe('an expression over JSON', () => {
  const json = (expression: string, record: Readonly<Record<string, unknown>>) => text(expression, record, true);

  test('reads nested values, numbers and lists of texts', () => {
    expect(json('{{manager.email}}/{{n}}/{{off}}', { manager: { email: 'm@x' }, n: 0, off: false })).toBe(
      'm@x/0/false',
    );
    expect(json('{{join roles "|"}}', { roles: ['a', 'b'] })).toBe('a|b');
    expect(json('{{roles}}', { roles: ['a', 'b'] })).toBe('a,b');
    expect(json('[{{nothing}}{{none.at.all}}]', { nothing: null })).toBe('[]');
  });

  test.each(['{{a}}', '{{lower a}}', '{{default a "x"}}', '{{list}}', '{{join list}}'])(
    '%s of an object is refused, whatever keys it has',
    (expression) => {
      for (const inner of [
        { b: 1 },
        { toString: 1 },
        { valueOf: null, toString: null },
        JSON.parse('{"__proto__":{"b":1}}'),
      ]) {
        expect(json(expression, { a: inner, list: [inner] })).toMatch(
          /^fault: A text is expected, and here is an object: /,
        );
      }
    },
  );

  test('may ask whether there is an object or a list', () => {
    expect(json('{{#if a}}x{{else}}y{{/if}}', { a: { b: 1 } })).toBe('x');
    expect(json('{{#if a}}x{{else}}y{{/if}}', { a: [] })).toBe('y');
  });
});
