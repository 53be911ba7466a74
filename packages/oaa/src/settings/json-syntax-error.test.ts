import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { findJsonSyntaxError } from './json-syntax-error.ts';

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('findJsonSyntaxError', () => {
  test.each([
    ['', 0, 'expected a value but found the end of the text'],
    ['{"a" 1}', 5, 'expected ":" but found "1"'],
    ['{"a": 1,}', 8, 'expected a key in double quotes but found "}"'],
    ['{a: 1}', 1, 'expected a key in double quotes or "}" but found "a"'],
    ['[1 2]', 3, 'expected "," or the closing bracket but found "2"'],
    ['[1,', 3, 'expected a value but found the end of the text'],
    ['[}', 1, 'expected a value or "]" but found "}"'],
    ['{"a": "x\ny"}', 6, 'expected a value but found a string that is not closed or has a bad escape'],
    ['{} {}', 3, 'expected nothing more but found "{"'],
    ['[01]', 1, 'expected a value or "]" but found "0"'],
  ])('%j goes wrong at %i', (text, offset, message) => {
    expect(findJsonSyntaxError(text)).toEqual({ offset, message });
  });

  test('finds nothing in any JSON', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(findJsonSyntaxError(text)).toBeUndefined();
      }),
    );
  });

  test('agrees with JSON.parse on damaged JSON', () => {
    const damaged = fc
      .tuple(fc.json(), fc.nat(), fc.constantFrom('', ',', '}', ']', '"', '0', 'x', '\\', ':', '-', 'e'))
      .map(([text, place, insert]) => {
        const at = place % (text.length + 1);
        return insert === '' ? text.slice(0, at) : text.slice(0, at) + insert + text.slice(at);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findJsonSyntaxError(text) === undefined).toBe(parses(text));
      }),
      { numRuns: 1_000 },
    );
  });
});
