import { describe, expect, test } from 'vitest';
import { formatEtag, isNotModified, matchesEtag, requireIfMatch } from './etag.ts';

test('#98 a version makes a weak tag', () => {
  expect(formatEtag(17)).toBe('W/"17"');
});

describe('#99, #100 a header names a tag, compared weakly', () => {
  test.each([
    'W/"17"',
    '"17"',
    '*',
    ' * ',
    'W/"16", W/"17"',
    '"16","17"',
    ' , "16" ,,\t"17", ',
    '"a,b", "17"',
    '17',
    'W/17',
    '16,17',
  ])('%j', (header) => {
    expect(matchesEtag(header, 'W/"17"')).toBe(true);
    expect(isNotModified(header, 'W/"17"')).toBe(true);
    expect(requireIfMatch(header, 'W/"17"')).toBeUndefined();
  });

  test.each(['', ' ', '"1"', 'W/"16"', '"17', '17"', '"16" "', '"17"x', 'w/"17"', '"1,17,"', '"*"', 'W/', '""'])(
    'but not %j',
    (header) => {
      expect(matchesEtag(header, 'W/"17"')).toBe(false);
      expect(isNotModified(header, 'W/"17"')).toBe(false);
      expect(() => requireIfMatch(header, 'W/"17"')).toThrow(
        expect.objectContaining({ status: 412, scimType: undefined }),
      );
    },
  );

  test('no header asks for nothing', () => {
    expect(requireIfMatch(undefined, 'W/"17"')).toBeUndefined();
    expect(isNotModified(undefined, 'W/"17"')).toBe(false);
  });
});
