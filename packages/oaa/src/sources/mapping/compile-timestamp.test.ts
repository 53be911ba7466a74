import { expect, test } from 'vitest';
import { compileTimestamp } from './compile-timestamp.ts';
import { evaluate } from './test-values.ts';

const read = (cell: unknown, more: object = {}) =>
  evaluate(compileTimestamp, { column: 'a', ...more }, { a: cell }, { json: typeof cell !== 'string' });

test('without a format: RFC 3339, a day, or a day and a time, in UTC', () => {
  expect(read('2026-01-31T09:00:00+02:00')).toBe('2026-01-31T09:00:00+02:00');
  expect(read('2026-01-31')).toBe('2026-01-31T00:00:00Z');
  expect(read(' 2026-01-31 09:05:07 ')).toBe('2026-01-31T09:05:07Z');
  expect(read('')).toBeUndefined();
});

test('formats are tried in order, with the offset of the mapping', () => {
  const forms = { format: ['DD/MM/YYYY', 'epoch'], timezone: '+02:00' };
  expect(read('31/01/2026', forms)).toBe('2026-01-31T00:00:00+02:00');
  expect(read('0', forms)).toBe('1970-01-01T00:00:00Z');
  expect(read(0, { format: 'epoch' })).toBe('1970-01-01T00:00:00Z');
  expect(read(1_500, { format: 'epoch-ms' })).toBe('1970-01-01T00:00:01.500Z');
});

test('what has no such form, or is not in the calendar, is refused', () => {
  expect(read('31.01.2026')).toBe(
    'fault: "31.01.2026" is not a date of the form RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss.',
  );
  expect(read('2026-02-30', { format: ['YYYY-MM-DD', 'epoch'] })).toBe(
    'fault: "2026-02-30" is not a date of the form YYYY-MM-DD or epoch.',
  );
});

test('a format that is not usable is a problem of the mapping', () => {
  expect(read('x', { format: 'DD/MM' })).toEqual([expect.stringContaining('The date format "DD/MM" is not usable: ')]);
});
