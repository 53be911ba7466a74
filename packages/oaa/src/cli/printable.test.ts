import { expect, test } from 'vitest';
import { printable, printableLine } from './printable.ts';

test('characters that could repaint a terminal become escapes', () => {
  expect(printable('a\u001b[31mb\u202ec\u0007\r')).toBe('a\\u001b[31mb\\u202ec\\u0007\\u000d');
});

test('line ends stay, except where one line is wanted', () => {
  expect(printable('a\nb')).toBe('a\nb');
  expect(printableLine('a\nb\tc')).toBe('a\\nb\\tc');
});

test('very long text is cut and its length told', () => {
  expect(printable('x'.repeat(3_000))).toBe(`${'x'.repeat(2_000)}... (3000 characters)`);
});
