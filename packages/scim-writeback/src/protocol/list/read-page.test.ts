import { describe, expect, test } from 'vitest';
import { readPage } from './read-page.ts';

const bounds = { defaultCount: 100, maxCount: 1000 };

describe('#51, #52, #53 startIndex and count', () => {
  test.each([
    [{}, { startIndex: 1, count: 100 }],
    [
      { startIndex: '', count: '' },
      { startIndex: 1, count: 100 },
    ],
    [{ startIndex: '0' }, { startIndex: 1, count: 100 }],
    [{ startIndex: '-5' }, { startIndex: 1, count: 100 }],
    [
      { startIndex: '101', count: '50' },
      { startIndex: 101, count: 50 },
    ],
    [{ count: '0' }, { startIndex: 1, count: 0 }],
    [{ count: '-1' }, { startIndex: 1, count: 0 }],
    [{ count: '1001' }, { startIndex: 1, count: 1000 }],
    [
      { startIndex: 3, count: 4 },
      { startIndex: 3, count: 4 },
    ],
    [{ startIndex: '9'.repeat(400) }, { startIndex: Number.MAX_SAFE_INTEGER, count: 100 }],
  ])('%j', (parameters, expected) => {
    expect(readPage(parameters, bounds)).toEqual(expected);
  });

  test.each(['x', '1.5', '1e3', '0x10', ' ', '١', 1.5, Number.NaN])('%j is refused', (value) => {
    const detail = 'count has to be a whole number.';
    expect(() => readPage({ count: value }, bounds)).toThrow(
      expect.objectContaining({ status: 400, scimType: 'invalidValue', detail }),
    );
    expect(() => readPage({ startIndex: value }, bounds)).toThrow('startIndex has to be a whole number.');
  });
});
