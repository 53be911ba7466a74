import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanJson } from './scan-json.ts';

const first = (text: string) => scanJson(text)[0];

test('JSON has no problems, whatever it holds', () => {
  fc.assert(
    fc.property(fc.json({ noUnicodeString: false } as object), fc.constantFrom(0, 2, '\t'), (text, space) => {
      expect(scanJson(JSON.stringify(JSON.parse(text), null, space))).toEqual([]);
    }),
  );
});

test('text has a syntax problem exactly when JSON.parse refuses it', () => {
  const pieces = [
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"a"',
    '"b"',
    '1',
    '-0.5e3',
    '01',
    'true',
    'nul',
    ' ',
    '\n',
    '"\\u00e9"',
    '"\\x"',
    '"',
  ];
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 12 }), (parts) => {
      const text = parts.join('');
      let parses = true;
      try {
        JSON.parse(text);
      } catch {
        parses = false;
      }
      expect(scanJson(text).some(({ kind }) => kind === 'syntax')).toBe(!parses);
    }),
    { numRuns: 2_000 },
  );
});

test.each([
  ['{"a":1,}', 7, 'expected a key in double quotes, found "}" (a comma too many?)'],
  ['[1,]', 3, 'a value is missing before "]" (a comma too many?)'],
  ['{"a" 1}', 5, 'expected ":" after the key "a", found "1"'],
  ['{"a":1 "b":2}', 7, 'expected "," or "}", found """'],
  ["{'a':1}", 1, 'expected a key in double quotes, found "\'"'],
  ["['a']", 1, 'strings are written with double quotes'],
  ['[1] // done', 4, 'the document ends before this: found "/"'],
  ['[// one\n1]', 1, 'JSON has no comments'],
  ['{"a":"b', 5, 'this string has no closing quote'],
  ['["a\nb"]', 3, 'a string must not contain line breaks or other control characters; write \\n'],
  ['["\\q"]', 2, 'a backslash begins no escape that JSON knows'],
  ['{"a":[1', 7, 'expected "," or "]", found the end of the file'],
  ['NaN', 0, 'expected a value, found "N"'],
])('%j is broken at its character %i', (text, offset, message) => {
  expect(first(text)).toEqual({ kind: 'syntax', offset, message });
});

test('a key that stands twice is found, also when one is written with escapes', () => {
  expect(scanJson('{"name":1,"n\\u0061me":2,"x":{"name":3}}')).toEqual([
    { kind: 'duplicate-key', offset: 10, message: 'the key "name" stands twice in the same object' },
  ]);
});

test('duplicates are found among many keys', () => {
  const keys = Array.from({ length: 50 }, (_, index) => `"k${index}":0`);
  expect(scanJson(`{${[...keys, '"k0":1', '"k49":1'].join(',')}}`).map(({ message }) => message)).toEqual([
    'the key "k0" stands twice in the same object',
    'the key "k49" stands twice in the same object',
  ]);
});

test('depth costs no stack', () => {
  const depth = 200_000;
  expect(scanJson('['.repeat(depth) + ']'.repeat(depth))).toEqual([]);
});

test('a flood of duplicates is cut', () => {
  expect(scanJson(`{"a":0${',"a":0'.repeat(5_000)}}`)).toHaveLength(100);
});
