import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isTimestamp, wireTimestamp } from './timestamps.ts';

describe('a timestamp', () => {
  test.each([
    '2022-01-26T20:48:12.460Z',
    '2001-01-01T00:00:00Z',
    '2024-02-29T23:59:59.123456789+14:00',
    '2000-02-29T00:00:00-00:30',
    '2016-12-31T23:59:60Z',
    '2001-01-01t00:00:00z',
    '0001-01-01T00:00:00Z',
  ])('is %s', (text) => {
    expect(isTimestamp(text)).toBe(true);
    expect(wireTimestamp(text)).toBe(text);
  });

  test.each([
    '',
    '2001-01-01',
    '2001-01-01T00:00:00',
    '2001-01-01 00:00:00Z',
    '2001-13-01T00:00:00Z',
    '2001-00-01T00:00:00Z',
    '2001-01-00T00:00:00Z',
    '2001-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2001-04-31T00:00:00Z',
    '2001-01-01T24:00:00Z',
    '2001-01-01T00:60:00Z',
    '2001-01-01T00:00:61Z',
    '2001-01-01T00:00:00.Z',
    '2001-01-01T00:00:00+0100',
    '2001-01-01T00:00:00+24:00',
    '+010000-01-01T00:00:00.000Z',
    ' 2001-01-01T00:00:00Z',
    '2001-01-01T00:00:00Z\n',
  ])('is not %j', (text) => {
    expect(isTimestamp(text)).toBe(false);
    expect(wireTimestamp(text)).toBeUndefined();
  });

  test('of a Date is written in UTC with milliseconds', () => {
    expect(wireTimestamp(new Date('2001-01-01T01:00:00+01:00'))).toBe('2001-01-01T00:00:00.000Z');
  });

  test('of a Date without a time, or beyond the four digits of a year, does not exist', () => {
    expect(wireTimestamp(new Date(Number.NaN))).toBeUndefined();
    expect(wireTimestamp(new Date(Date.UTC(10_000, 0)))).toBeUndefined();
    expect(wireTimestamp(new Date(-1e15))).toBeUndefined();
  });

  test('of every Date in the years 0 to 9999 is one', () => {
    const min = new Date('0000-01-01T00:00:00Z');
    const max = new Date('9999-12-31T23:59:59.999Z');
    fc.assert(
      fc.property(fc.date({ min, max, noInvalidDate: true }), (date) => {
        expect(wireTimestamp(date)).toBe(date.toISOString());
      }),
    );
  });
});
