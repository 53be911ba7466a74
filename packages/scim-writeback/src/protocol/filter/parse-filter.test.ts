import { describe, expect, test } from 'vitest';
import { ScimError } from '../errors/scim-error.ts';
import { standardProfile } from '../profile.ts';
import { parseBracketedFilter, parseFilter } from './parse-filter.ts';
import { strictProfile } from './test-matches.ts';

const path = (name: string, sub?: string, urn?: string) => ({ urn, name, sub });

function detailOf(text: string, profile = standardProfile): string {
  try {
    parseFilter(text, profile);
  } catch (error) {
    if (error instanceof ScimError) return error.detail;
    throw error;
  }
  return 'taken';
}

describe('a filter is read as', () => {
  test('operands in the order of the text, with what parentheses hold as one', () => {
    const present = (name: string) => ({ kind: 'presence', path: path(name) });
    expect(parseFilter('a pr and b pr and (c pr and d pr) or e pr', standardProfile)).toEqual({
      kind: 'or',
      operands: [
        {
          kind: 'and',
          operands: [present('a'), present('b'), { kind: 'and', operands: [present('c'), present('d')] }],
        },
        present('e'),
      ],
    });
  });

  test('a value path, or a term about a part of the values that a value path selects', () => {
    const filter = { kind: 'comparison', path: path('type'), operator: 'eq', value: 'work' };
    expect(parseFilter('emails[type eq "work"]', standardProfile)).toEqual({
      kind: 'value-path',
      path: path('emails'),
      filter,
    });
    expect(parseFilter('urn:x:2.0:User:emails[type eq "work"].value Ne null', standardProfile)).toEqual({
      kind: 'comparison',
      path: path('emails', 'value', 'urn:x:2.0:User'),
      selection: filter,
      operator: 'ne',
      value: null,
    });
  });

  test.each([
    ['1', 1],
    ['-0', 0],
    ['-12.50', -12.5],
    ['1e3', 1000],
    ['true', true],
    ['null', null],
    ['"true"', 'true'],
    ['"\\u00E9\\ud83d\\udE00"', 'é😀'],
    ['True', 'True'],
    ['01', '01'],
    ['1e999', '1e999'],
    ["'it\\'s'", "it's"],
    ["O'Brien", "O'Brien"],
    ['and', 'and'],
    ['not', 'not'],
  ])('the value %s', (text, value) => {
    expect(parseFilter(`a eq ${text}`, standardProfile)).toMatchObject({ operator: 'eq', value });
  });

  test('words that are operators elsewhere can name attributes', () => {
    expect(parseFilter('not eq 1 and and pr or or pr', standardProfile)).toMatchObject({
      kind: 'or',
      operands: [{ kind: 'and', operands: [{ path: path('not') }, { path: path('and') }] }, { path: path('or') }],
    });
  });
});

describe('an error names the column and what was expected there', () => {
  test.each([
    ['', 'column 1: expected an attribute, not, or "(", found the end.'],
    ['userName', 'column 9: expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr), found the end.'],
    [
      'userName is "x"',
      'column 10: expected an operator (eq, ne, co, sw, ew, gt, ge, lt, le, pr), found another word.',
    ],
    [
      'userName eq (',
      'column 13: expected a value: a string in double quotes, a number, true, false or null, found "(".',
    ],
    ['userName eq "x" userName pr', 'column 17: expected and, or, or the end, found another word.'],
    ['(userName pr', 'column 13: expected and, or, or ")", found the end.'],
    ['a pr or emails[type pr)', 'column 23: expected and, or, or "]", found ")".'],
    ['emails[a[b pr]]', 'column 9: expected an operator (brackets do not nest), found "[".'],
    ['a.b[c pr]', 'column 4: expected an operator (brackets follow an attribute), found "[".'],
    ['emails[type pr]. pr', 'column 16: expected a sub-attribute such as .value, found another word.'],
    ['userName eq "x', 'column 15: expected the closing quote of the string, found the end.'],
    ['userName eq "a\\qb"', 'column 15: expected an escape that JSON knows'],
    ['userName eq "a\\u00g0"', 'column 15: expected four hexadecimal digits behind \\u, found something else.'],
    ['userName eq "a\tb"', 'column 15: expected an escape such as \\n in a string, found a control character.'],
    ['userName gt null', 'column 13: expected a value other than null, which only eq and ne know, found null.'],
    ['"userName" pr', 'column 1: expected an attribute, not, or "(", found a string.'],
    ['user/Name pr', 'column 1: expected an attribute such as userName or name.familyName, found another word.'],
  ])('%s', (text, detail) => {
    expect(detailOf(text)).toContain(detail);
  });

  test('and repeats nothing that the client wrote', () => {
    const texts = [
      'userName eq "secret',
      'userName eq secret',
      'userName secret',
      'a eq "secret" "secret"',
      "a eq 'secret'",
    ];
    expect(texts.map((text) => detailOf(text, strictProfile)).filter((detail) => detail.includes('secret'))).toEqual(
      [],
    );
  });
});

describe('the filter in brackets of a longer text', () => {
  test('ends at its own bracket', () => {
    const text = 'members[value eq "a]" or (value eq "b")].display';
    const { filter, end } = parseBracketedFilter(text, 8, standardProfile);
    expect(filter).toMatchObject({ kind: 'or', operands: [{ value: 'a]' }, { value: 'b' }] });
    expect(text.slice(end)).toBe('.display');
  });

  test('does not look beyond it', () => {
    const text = 'members[value pr]"no filter any more';
    expect(text.slice(parseBracketedFilter(text, 8, standardProfile).end)).toBe('"no filter any more');
  });

  test('counts columns from the start of the text', () => {
    expect(() => parseBracketedFilter('members[value]', 8, standardProfile)).toThrow('column 14: expected an operator');
    expect(() => parseBracketedFilter('members[value pr', 8, standardProfile)).toThrow(
      'column 17: expected and, or, or "]"',
    );
  });
});
