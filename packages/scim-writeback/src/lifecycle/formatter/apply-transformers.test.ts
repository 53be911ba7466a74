import { InputError } from '@oaa-kit/oaa';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyTransformers } from './apply-transformers.ts';

const jane = { first_name: 'Jané', last_name: 'Doe', level: 7, manager: true, empty: '', roles: ['a'] };
const apply = (formatter: string, more: object = {}) =>
  applyTransformers([{ attribute: 'user_name', formatter, ...more }], { attributes: jane });
const text = (formatter: string, more?: object) => apply(formatter, more).attributes.user_name;

describe('a formatter', () => {
  test.each([
    ['fixed text', 'fixed text'],
    ['', ''],
    ['{first_name}.{last_name}@example.com', 'Jané.Doe@example.com'],
    ['{ first_name  |  FIRST_N , 1 | LOWER }{last_name|LOWER}', 'jdoe'],
    ['{level}-{manager}-{empty}', '7-true-'],
    ['{"a \\"b\\" \\\\"}', 'a "b" \\'],
    ['{"{first_name | ASCII} {last_name}" | UPPER}', 'JANE DOE'],
    ['{last_name | APPEND, " | {level}"}', 'Doe | 7'],
  ])('%s gives %s', (formatter, result) => {
    expect(text(formatter)).toBe(result);
  });

  test('has its result go through the functions of "then apply"', () => {
    expect(text('{first_name}.{last_name}', { thenApply: '| ASCII | LOWER | APPEND, "@contoso.com"' })).toBe(
      'jane.doe@contoso.com',
    );
    expect(text('{last_name}', { thenApply: 'UPPER' })).toBe('DOE');
  });

  test.each([
    ['{first_nam}', 1, 'unknown attribute "first_nam". Did you mean "first_name"?'],
    ['{constructor}', 1, 'unknown attribute "constructor"'],
    ['{__proto__}', 1, 'unknown attribute "__proto__"'],
    ['x{first_name | LOWR}', 16, 'unknown function "LOWR". Did you mean "LOWER"?'],
    ['{first_name | toString}', 15, 'expected the name of a function, in capital letters'],
    ['{first_name | LOWERcase}', 15, 'expected the name of a function, in capital letters'],
    ['{first_name', 1, 'this "{" is not closed'],
    ['a}', 2, 'there is a "}" that closes nothing'],
    ['{}', 1, 'there is nothing between "{" and "}"'],
    ['{first_name last_name}', 13, 'expected "|" or "}"'],
    ['{first_name | APPEND, "x}', 23, 'this quote is not closed'],
    ['{first_name | APPEND, }', 23, 'expected a value'],
    ['{roles}', 1, 'the attribute "roles" is a list or an object'],
    ['x'.repeat(5_000), 1, 'longer than 4096 characters'],
  ])('%s is refused at character %i', (formatter, position, message) => {
    expect(() => text(formatter)).toThrow(InputError);
    expect(() => text(formatter)).toThrow(`character ${position}: ${message}`);
  });

  test('has places in places, to a bounded depth', () => {
    const nested = (depth: number) =>
      Array.from({ length: depth }).reduce<string>((inner) => `{${JSON.stringify(inner)} | LOWER}`, '{last_name}');
    expect(text(nested(2))).toBe('doe');
    expect(() => text(nested(3))).toThrow('places are nested too deeply');
  });

  test('all of them are refused at once', () => {
    const transformers = [
      { attribute: 'user_name', formatter: '{first}' },
      { attribute: 'title', formatter: '{level', thenApply: '| UPPER' },
      { attribute: 'nick_name', formatter: '{level}', thenApply: '| | LOWER' },
      { attribute: 'display_name', formatter: 'x', fallbacks: ['y'] },
      { attribute: 'display_name', formatter: 'x' },
    ];
    let message = '';
    try {
      applyTransformers(transformers, { attributes: jane });
    } catch (error) {
      message = (error as Error).message;
    }
    expect(message.split('\n')).toEqual([
      'The formatters cannot be used:',
      expect.stringContaining('user_name: "{first}", character 1: unknown attribute "first".'),
      '  title: "{level", character 1: this "{" is not closed',
      '  nick_name: "| | LOWER", character 3: expected the name of a function, in capital letters',
      '  display_name: only user_name has fallbacks',
      '  display_name: there are two transformers',
    ]);
  });

  test('whatever it is, it is read in the end: a result, or a problem within the text', () => {
    const piece = fc.constantFrom('{', '}', '|', '"', '\\', ',', ' ', 'first_name', 'LOWER', 'FIRST_N', '1', 'é');
    const formatters = fc.array(piece, { maxLength: 30 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(formatters, (formatter) => {
        try {
          expect(text(formatter)).toEqual(expect.any(String));
        } catch (error) {
          expect(error).toBeInstanceOf(InputError);
          const [, position] = /character (\d+):/.exec((error as Error).message) ?? [];
          expect(Number(position)).toBeGreaterThanOrEqual(1);
          expect(Number(position)).toBeLessThanOrEqual(formatter.length + 1);
        }
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('fallback formatters', () => {
  test('are the user names to try next, each through "then apply"', () => {
    const fallbacks = ['{first_name | FIRST_N, 1}{last_name}', '{first_name}{| NEXT_NUMBER, 2, 3}'];
    expect(apply('{first_name}', { fallbacks, thenApply: '| ASCII | LOWER' })).toEqual({
      attributes: { user_name: 'jane' },
      fallbackUserNames: ['jdoe', 'jane2', 'jane3', 'jane4'],
    });
  });

  test('a formatter with numbers has fallbacks of its own', () => {
    expect(apply('{last_name | NEXT_NUMBER, 8, 3}')).toEqual({
      attributes: { user_name: 'Doe8' },
      fallbackUserNames: ['Doe9', 'Doe10'],
    });
  });
});
