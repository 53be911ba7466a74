import { describe, expect, test } from 'vitest';
import { dateForm } from './date-form.ts';

const formatsOf = (...values: string[]) => dateForm(values, true)?.formats;

describe('formats', () => {
  test('forms that the mapping knows by itself need none', () => {
    const form = dateForm(['2024-01-31', '2024-01-31 08:00:00', '2024-01-31T08:00:00Z'], false);
    expect(form).toEqual({ formats: undefined, ambiguous: false, withoutZone: true, placeholders: [] });
  });

  test.each([
    [['31.12.2024', '01.02.2025'], ['DD.MM.YYYY']],
    [['1.2.2024', '31.12.2024'], ['D.M.YYYY']],
    [['20.11.2026 07:58'], ['DD.MM.YYYY HH:mm']],
    [['31/12/2024'], ['DD/MM/YYYY']],
    [['12/31/2024', '01/02/2024'], ['MM/DD/YYYY']],
    [['12/31/2024 3:04 PM'], ['MM/DD/YYYY h:mm A']],
    [['31 Dec 2024'], ['DD MMM YYYY']],
    [['20241231'], ['YYYYMMDD']],
    [['1700000000', '1710000000'], ['epoch']],
    [['1700000000000'], ['epoch-ms']],
    [
      ['31.12.2024', '20.11.2026 07:58'],
      ['DD.MM.YYYY', 'DD.MM.YYYY HH:mm'],
    ],
  ])('%j', (values, formats) => {
    expect(formatsOf(...values)).toEqual(formats);
  });

  test('forms that are mixed with known ones name those as well, because a format switches them off', () => {
    expect(formatsOf('31.12.2024', '2024-01-01')).toEqual(['DD.MM.YYYY', 'YYYY-MM-DD']);
  });
});

test('day and month are ambiguous as long as no date tells', () => {
  expect(dateForm(['03/04/2024', '05/06/2024'], false)).toMatchObject({ formats: ['DD/MM/YYYY'], ambiguous: true });
  expect(dateForm(['03/04/2024', '25/06/2024'], false)).toMatchObject({ formats: ['DD/MM/YYYY'], ambiguous: false });
  expect(dateForm(['03.04.2024'], false)).toMatchObject({ ambiguous: false });
});

test('words for "no date" are told apart', () => {
  expect(dateForm(['31.12.2024', 'nie', 'n/a'], false)?.placeholders).toEqual(['nie', 'n/a']);
});

test.each([[['kim']], [['2024']], [['31.12.2024', 'soon']], [[]], [['never']], [['1', '2', '3']]])(
  '%j are no dates',
  (values) => {
    expect(dateForm(values, false)).toBeUndefined();
  },
);

test('numbers are dates only where the header says so', () => {
  expect(dateForm(['1700000000'], false)).toBeUndefined();
});

test('thousands of texts are looked at once', () => {
  const values = Array.from(
    { length: 20_000 },
    (_, index) => `${(index % 28) + 1}.${(index % 12) + 1}.${2000 + (index % 30)} x`,
  );
  expect(dateForm(values, false)).toBeUndefined();
});
