import { describe, expect, test } from 'vitest';
import { InputError } from '../../errors/index.ts';
import { compileDateFormatter } from './format-date.ts';
import { compileDateParser } from './parse-date.ts';

describe('a date that is written is read with the same format', () => {
  test.each([
    ['DD.MM.YYYY HH:mm:ss', undefined, '31.01.2026 22:30:05'],
    ['DD.MM.YYYY HH:mm:ss', '+02:00', '01.02.2026 00:30:05'],
    ['MMM D, YYYY h:mm:ss A', '-05:00', 'Jan 31, 2026 5:30:05 PM'],
    ['YYYY-MM-DD[T]HH:mm:ss.SSSZ', '-03:30', '2026-01-31T19:00:05.000-03:30'],
    ['D/M/YY H:mm:ss ZZ', '+02:00', '1/2/26 0:30:05 +0200'],
    ['rfc3339', '+02:00', '2026-02-01T00:30:05.000+02:00'],
    ['epoch', undefined, '1769898605'],
    ['epoch-ms', undefined, '1769898605000'],
  ])('%s at %s', (format, offset, written) => {
    const text = compileDateFormatter(format, offset)('2026-01-31T22:30:05Z');
    expect(text).toBe(written);
    const read = compileDateParser([format], offset)(written);
    expect(Date.parse(read ?? '')).toBe(Date.parse('2026-01-31T22:30:05Z'));
  });
});

test('twelve hours of a clock begin with 12', () => {
  const write = compileDateFormatter('YYYY-MM-DD hh:mm A', undefined);
  expect(write('2026-01-31T00:05:00Z')).toBe('2026-01-31 12:05 AM');
  expect(write('2026-01-31T12:05:00Z')).toBe('2026-01-31 12:05 PM');
});

test('what is no moment is not written', () => {
  expect(compileDateFormatter('YYYY-MM-DD', undefined)('yesterday')).toBeUndefined();
});

test('a format that cannot be read is refused', () => {
  expect(() => compileDateFormatter('DD.mm.YYYY', undefined)).toThrow(InputError);
});
