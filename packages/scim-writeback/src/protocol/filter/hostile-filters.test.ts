import { afterEach, describe, expect, test } from 'vitest';
import { compileFilter } from './compile-filter.ts';
import { parseFilter } from './parse-filter.ts';
import { matches, refusal, strictProfile } from './test-matches.ts';
import { users } from './test-resource-type.ts';

const tooDeep = '400 invalidFilter: The filter is nested deeper than 20 levels; write it flatter.';
const tooLong = '400 invalidFilter: The filter is longer than 4096 bytes; ask for less at once.';
const tooMany = '400 invalidFilter: The filter has more than 128 comparisons; ask for less at once.';

describe('bounds', () => {
  test('of depth: 20 levels of parentheses, not and brackets together', () => {
    const nested = (depth: number, inner = 'id pr') => `${'('.repeat(depth)}${inner}${')'.repeat(depth)}`;
    expect(refusal(nested(20))).toBeUndefined();
    expect(refusal(nested(21))).toBe(tooDeep);
    expect(refusal(nested(19, 'emails[type pr]'))).toBeUndefined();
    expect(refusal(nested(20, 'emails[type pr]'))).toBe(tooDeep);
    expect(refusal(`${'not ('.repeat(20)}id pr${')'.repeat(20)}`)).toBeUndefined();
    expect(refusal(`${'not ('.repeat(21)}id pr${')'.repeat(21)}`)).toBe(tooDeep);
    expect(refusal(`emails[${nested(19, 'type pr')}]`)).toBeUndefined();
    expect(refusal(`emails[${nested(20, 'type pr')}]`)).toBe(tooDeep);
  });

  test('of depth: parentheses side by side are not deep', () => {
    expect(refusal(Array.from({ length: 100 }, () => '((id pr))').join(' and '))).toBeUndefined();
  });

  test('of depth: opening parentheses without end', () => {
    expect(refusal('('.repeat(4_000))).toBe(tooDeep);
    expect(refusal('not('.repeat(1_000))).toBe(tooDeep);
    expect(refusal('a['.repeat(2_000))).toContain('brackets do not nest');
  });

  test('of length: 4096 bytes of UTF-8', () => {
    const frame = 'userName eq ""'.length;
    const filled = (unit: string, count: number) => `userName eq "${unit.repeat(count)}"`;
    expect(refusal(filled('a', 4096 - frame))).toBeUndefined();
    expect(refusal(filled('a', 4097 - frame))).toBe(tooLong);
    expect(refusal(filled('é', 2041))).toBeUndefined();
    expect(refusal(filled('é', 2042))).toBe(tooLong);
    expect(refusal(filled('€', 1361))).toBe(tooLong);
    expect(refusal(filled('😀', 1020))).toBeUndefined();
    expect(refusal(filled('😀', 1021))).toBe(tooLong);
    expect(refusal('('.repeat(50_000_000))).toBe(tooLong);
  });

  test('of terms: 128 comparisons, in brackets too', () => {
    const terms = (count: number) => Array.from({ length: count }, () => 'id pr').join(' or ');
    expect(refusal(terms(128))).toBeUndefined();
    expect(refusal(terms(129))).toBe(tooMany);
    expect(refusal(`emails[${terms(64).replaceAll('id', 'type')}] and ${terms(65)}`)).toBe(tooMany);
  });
});

describe('names that objects have without being asked', () => {
  afterEach(() => {
    Reflect.deleteProperty(Object.prototype, 'nickName');
  });

  test.each(['constructor', 'prototype', 'toString', 'hasOwnProperty', 'constructor.prototype', 'name.constructor'])(
    '%s is an attribute like any that no schema has',
    (name) => {
      expect(matches(`${name} pr`, { userName: 'x', name: { givenName: 'y' } })).toBe(false);
      expect(matches(`${name} ne "x"`, { userName: 'x' })).toBe(true);
      expect(refusal(`${name} pr`, { profile: strictProfile })).toBe(
        `400 invalidFilter: User has no attribute ${name}.`,
      );
    },
  );

  test.each(['__proto__', 'name.__proto__', '__proto__.x', '__proto__[x', 'emails[__proto__', '_x'])(
    '%s is no name of an attribute',
    (name) => {
      expect(refusal(`${name} pr${name.includes('[') ? ' pr]' : ''}`)).toMatch(/^400 invalidFilter: /);
    },
  );

  test('what the prototype of all objects has is not in a resource', () => {
    Object.defineProperty(Object.prototype, 'nickName', { value: 'leaked', configurable: true });
    // Even of a resource that is not stored as it should be, without a prototype.
    const resource = { userName: 'x' };
    const ask = (text: string) => compileFilter(parseFilter(text, strictProfile), users, strictProfile)(resource);
    expect(ask('userName pr')).toBe(true);
    expect(ask('nickName pr')).toBe(false);
    expect(ask('nickName eq "leaked"')).toBe(false);
  });
});

describe('odd texts', () => {
  test.each([
    ['half a surrogate pair, escaped', 'userName eq "\\udc00"'],
    ['half a surrogate pair, as it is', 'userName eq "\ud800"'],
    ['half a surrogate pair in a word', 'userName eq \ud800'],
    ['halves in the wrong order', 'userName eq "\\ude00\\ud83d"'],
    ['a control character', 'userName eq "\0"'],
    ['a space that is not ASCII', 'userName\u00a0eq "x"'],
    ['a byte order mark', '\ufeffuserName eq "x"'],
    ['letters that look like ASCII', 'userΝame eq "x"'],
    ['quotes of typography', 'userName eq “x y”'],
    ['SQL', "userName eq 'x' OR '1'='1'"],
    ['a comment', 'userName eq "x" -- "y"'],
    ['two filters', 'userName eq "x"; userName pr'],
    ['a percent-encoded space', 'userName%20eq%20"x"'],
  ])('%s is refused', (_, filter) => {
    expect(refusal(filter)).toMatch(/^400 invalidFilter: /);
  });

  test('signs that mean something to databases and regular expressions are text', () => {
    const resource = { userName: 'a%b_c.*\\' };
    expect(matches('userName co "%b_c.*\\\\"', resource)).toBe(true);
    expect(matches('userName co "_"', { userName: 'abc' })).toBe(false);
    expect(matches('userName sw ".*"', { userName: 'abc' })).toBe(false);
    expect(matches('userName co "%"', { userName: 'abc' })).toBe(false);
  });

  test('NUL, escaped, is a character like another', () => {
    expect(matches('userName eq "a\\u0000b"', { userName: 'a\0b' })).toBe(true);
    expect(matches('userName eq "a"', { userName: 'a\0b' })).toBe(false);
  });

  test('no text makes the parser fail otherwise than with an answer', () => {
    const marks = [
      '(',
      ')',
      '[',
      ']',
      '"',
      "'",
      '\\',
      '.',
      ':',
      '$',
      '-',
      '0',
      ' ',
      'not',
      'pr',
      'eq',
      'a',
      '\ud800',
      '\0',
    ];
    for (const first of marks) {
      for (const second of marks) {
        for (const third of marks) {
          for (const joint of ['', ' ']) expect(refusal([first, second, third].join(joint)) ?? '400').toMatch(/^400/);
        }
      }
    }
  });
});

describe('case without ASCII', () => {
  test.each([
    ['ZOË', 'zoë'],
    ['zoe\u0308', 'ZOË'],
    ['ΟΔΟΣ', 'οδος'],
    ['οδοσ', 'ΟΔΟΣ'],
    ['ÅNGSTRÖM', '\u212bngström'],
    ['ЖАННА', 'жанна'],
    ['\u{10400}', '\u{10428}'],
    ['İ', 'i\u0307'],
  ])('%s equals %s where case does not count', (left, right) => {
    expect(matches(`userName eq "${left}"`, { userName: right })).toBe(true);
    expect(matches(`userName ne "${left}"`, { userName: right })).toBe(false);
    expect(matches(`userName ge "${left}" and userName le "${left}"`, { userName: right })).toBe(true);
    expect(matches(`externalId eq "${left}"`, { externalId: right })).toBe(false);
  });

  test.each([
    ['straße', 'STRASSE'],
    ['istanbul', 'İstanbul'],
    ['ıstanbul', 'ISTANBUL'],
    ['ﬁ', 'fi'],
    ['ｊ', 'j'],
  ])('%s and %s stay different', (left, right) => {
    expect(matches(`userName eq "${left}"`, { userName: right })).toBe(false);
  });

  test('the beginning of a name finds it, also where it ends in a sigma', () => {
    expect(matches('userName sw "ΟΔΟΣ"', { userName: 'Οδοσα' })).toBe(true);
    expect(matches('userName ew "ς"', { userName: 'ΟΔΟΣ' })).toBe(true);
  });

  test('order is by code point, not by UTF-16', () => {
    expect(matches('userName gt "\uffee"', { userName: '\u{1f600}' })).toBe(true);
    expect(matches('externalId lt "\u{1f600}"', { externalId: '\uffee' })).toBe(true);
  });
});

test('a filter that was read is plain data', () => {
  const filter = parseFilter('emails[type eq "work"].value co "x" or not (a pr)', strictProfile);
  expect(JSON.parse(JSON.stringify(filter))).toEqual(filter);
});
