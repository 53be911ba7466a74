import { expect, test } from 'vitest';
import { foldCase } from './fold-case.ts';
import { recentFolds } from './recent-folds.ts';

test('folds as foldCase does, the first time, again, and after more than it keeps', () => {
  const fold = recentFolds();
  const texts = [
    'Jane',
    'JANE',
    'ΣΑΣ',
    'İ',
    '',
    'A\u0308',
    ...Array.from({ length: 10_000 }, (_, index) => `N${index}`),
  ];
  texts.push('X'.repeat(2_000_000), 'Jane');
  for (let round = 0; round < 2; round += 1) {
    for (const text of texts) expect(fold(text)).toBe(foldCase(text));
  }
});
