import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTimestamp } from '../../payload/timestamps.ts';
import { compileDateParser } from './parse-date.ts';

describe('without a format', () => {
  const parse = compileDateParser(undefined, undefined);

  test.each([
    '2023-10-20T13:05:34Z',
    '2023-10-20T13:05:34.120Z',
    '2023-10-20t13:05:34.123456789z',
    '2024-02-29T23:59:59-05:30',
    '2016-12-31T23:59:60Z',
  ])('%s is kept', (text) => {
    expect(parse(text)).toBe(text);
  });

  test.each([
    ['2023-10-20', '2023-10-20T00:00:00Z', '2023-10-20T00:00:00+02:00'],
    ['2023-10-20 13:05:34', '2023-10-20T13:05:34Z', '2023-10-20T13:05:34+02:00'],
    ['2023-10-20T13:05:34', '2023-10-20T13:05:34Z', '2023-10-20T13:05:34+02:00'],
    ['2023-10-20 13:05:34.5', '2023-10-20T13:05:34.5Z', '2023-10-20T13:05:34.5+02:00'],
    ['2023-10-20 13:05:34-01:00', '2023-10-20T13:05:34-01:00', '2023-10-20T13:05:34-01:00'],
  ])('%s is %s, or %s with an offset', (text, utc, withOffset) => {
    expect(parse(text)).toBe(utc);
    expect(compileDateParser(undefined, 'UTC')(text)).toBe(utc);
    expect(compileDateParser(undefined, '+02:00')(text)).toBe(withOffset);
  });

  test.each([
    '',
    '2023',
    '2023-10',
    '2023-10-1',
    '2023-02-31',
    '2023-02-29',
    '1900-02-29',
    '2023-13-01',
    '2023-00-01',
    '2023-01-00',
    '20/10/2023',
    '2023-10-20 ',
    ' 2023-10-20',
    '2023-10-20T13:05',
    '2023-10-20 24:00:00',
    '2023-10-20 23:60:00',
    '2023-10-20 23:00:61',
    '2023-10-20T13:05:34.Z',
    '2023-10-20T13:05:34.1234567890Z',
    '2023-10-20T13:05:34+0200',
    '2023-10-20T13:05:34+24:00',
    '2023-10-20T13:05:34Zx',
    '2023-10-20T13:05:34\n',
    '+2023-10-20',
    '-023-10-20',
    '２023-10-20',
  ])('%j is no date', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  test('what it gives for any text is a timestamp of the wire', () => {
    const digits = fc.string({ unit: fc.constantFrom(...'0123456789-:TZ .+'), maxLength: 30 });
    const nearly = fc
      .tuple(fc.date({ noInvalidDate: true }), fc.nat(30), fc.constantFrom(...'0123459-:TZ .+'))
      .map(
        ([date, at, character]) => `${date.toISOString().slice(0, at)}${character}${date.toISOString().slice(at + 1)}`,
      );
    fc.assert(
      fc.property(fc.oneof(digits, nearly), (text) => {
        const parsed = parse(text);
        expect(parsed === undefined || isTimestamp(parsed)).toBe(true);
        if (isTimestamp(text)) expect(parsed).toBe(text);
      }),
    );
  });
});

describe('named formats', () => {
  test.each([
    ['rfc3339', '2023-10-20T13:05:34+02:00', '2023-10-20T13:05:34+02:00'],
    ['rfc3339', '2023-10-20 13:05:34', undefined],
    ['rfc3339', '2023-10-20', undefined],
    ['epoch', '1697807134', '2023-10-20T13:05:34Z'],
    ['epoch', '1697807134.25', '2023-10-20T13:05:34.25Z'],
    ['epoch', '0', '1970-01-01T00:00:00Z'],
    ['epoch', '-1', '1969-12-31T23:59:59Z'],
    ['epoch', '-1.5', undefined],
    ['epoch', '1.', undefined],
    ['epoch', '1e9', undefined],
    ['epoch', '253402300800', undefined],
    ['epoch', '99999999999999999999', undefined],
    ['epoch', '', undefined],
    ['epoch', '-', undefined],
    ['epoch-ms', '1697807134000', '2023-10-20T13:05:34Z'],
    ['epoch-ms', '1697807134012', '2023-10-20T13:05:34.012Z'],
    ['epoch-ms', '-1', '1969-12-31T23:59:59.999Z'],
    ['epoch-ms', '1.5', undefined],
  ])('%s: %j is %j', (format, text, expected) => {
    expect(compileDateParser([format], '+02:00')(text)).toBe(expected);
  });
});

test('formats are tried in order', () => {
  const parse = compileDateParser(['MM/DD/YYYY', 'DD/MM/YYYY', 'epoch'], undefined);
  expect(['01/02/2023', '25/12/2023', '0', 'x'].map(parse)).toStrictEqual([
    '2023-01-02T00:00:00Z',
    '2023-12-25T00:00:00Z',
    '1970-01-01T00:00:00Z',
    undefined,
  ]);
});
