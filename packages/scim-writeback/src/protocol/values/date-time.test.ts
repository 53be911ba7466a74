import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareInstants, parseDateTime } from './date-time.ts';

describe('#39, #119 a date and time', () => {
  test.each([
    ['1970-01-01T00:00:00Z', 0, ''],
    ['2026-01-31T09:30:00.50Z', 1_769_851_800, '5'],
    ['2026-01-31T09:30:00.000', 1_769_851_800, ''],
    ['2026-01-31T10:30:00+01:00', 1_769_851_800, ''],
    ['2026-01-31T00:00:00-09:30', 1_769_851_800, ''],
    ['2024-02-29T24:00:00Z', 1_709_251_200, ''],
    ['0001-01-01T00:00:00Z', -62_135_596_800, ''],
  ])('%s', (text, epochSeconds, fraction) => {
    expect(parseDateTime(text)).toEqual({ epochSeconds, fraction });
  });

  test.each([
    '',
    '2026-01-31',
    '09:30:00Z',
    '2026-01-31 09:30:00Z',
    '2026-01-31T09:30Z',
    '2026-02-29T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '2026-01-00T00:00:00Z',
    '2026-01-31T24:00:01Z',
    '2026-01-31T25:00:00Z',
    '2026-01-31T09:60:00Z',
    '2026-01-31T09:30:60Z',
    '2026-01-31T09:30:00.Z',
    '2026-01-31T09:30:00+15:00',
    '2026-01-31T09:30:00+01:60',
    '2026-01-31T09:30:00z',
    '12026-01-31T09:30:00Z',
    ' 2026-01-31T09:30:00Z',
    '٢026-01-31T09:30:00Z',
  ])('but not %j', (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  });

  test('is read as JavaScript prints it', () => {
    const dates = fc.date({ noInvalidDate: true, min: new Date('0000-01-01'), max: new Date('9999-12-31') });
    fc.assert(
      fc.property(dates, (date) => {
        const instant = parseDateTime(date.toISOString());
        expect(instant?.epochSeconds).toBe(Math.floor(date.getTime() / 1000));
      }),
    );
  });

  test('a fraction of 200,000 zeros takes no longer than one of ones', () => {
    const zeros = '0'.repeat(200_000);
    expect(parseDateTime(`2026-01-31T09:30:00.${zeros}1Z`)?.fraction).toHaveLength(200_001);
    expect(parseDateTime(`2026-01-31T09:30:00.${zeros}Z`)?.fraction).toBe('');
  });
});

test('instants are compared with all digits of their fractions', () => {
  const order = ['00:59:59.999999999Z', '01:00:00Z', '01:00:00.0001Z', '01:00:00.00010001Z', '01:00:00.001Z'];
  const instants = order.map((time) => parseDateTime(`2026-01-31T${time}`));
  for (const [left, before] of instants.entries()) {
    for (const [right, after] of instants.entries()) {
      if (before === undefined || after === undefined) throw new Error('unreadable');
      expect(Math.sign(compareInstants(before, after))).toBe(Math.sign(left - right));
    }
  }
});
