import { describe, expect, test } from 'vitest';
import { excessiveRemovals, removalsOf } from './removals.ts';

const defaults = { maxRemovalPercent: 20, minimumRemovals: 10 };
const isStopped = (removed: number, total: number, limits = defaults) =>
  excessiveRemovals([{ kind: 'users', removed, total }], limits).length > 0;

describe('too much is more than the share and more than the number', () => {
  test.each([
    [10, 10, false],
    [11, 11, true],
    [11, 54, true],
    [11, 55, false],
    [20, 100, false],
    [21, 100, true],
    [200_000, 1_000_000, false],
    [200_001, 1_000_000, true],
  ])('%i of %i: stopped %s', (removed, total, stopped) => {
    expect(isStopped(removed, total)).toBe(stopped);
  });

  test('100 % lets everything go, 0 % only the number', () => {
    expect(isStopped(500, 500, { ...defaults, maxRemovalPercent: 100 })).toBe(false);
    expect(isStopped(11, 1_000_000, { ...defaults, maxRemovalPercent: 0 })).toBe(true);
    expect(isStopped(1, 1_000_000, { maxRemovalPercent: 0, minimumRemovals: 0 })).toBe(true);
  });
});

test('hashes that are not there any more are counted, by kind', () => {
  const hashes = (...values: bigint[]) => BigUint64Array.from(values);
  const before = new Map([
    ['users', hashes(0n, 2n, 5n, 2n ** 64n - 1n)],
    ['groups', hashes(1n)],
    ['roles', hashes(7n, 8n)],
  ]);
  const after = new Map([
    ['users', hashes(1n, 2n, 3n, 6n)],
    ['groups', hashes(1n, 2n)],
  ]);
  expect(removalsOf(before, after)).toEqual([
    { kind: 'users', removed: 3, total: 4 },
    { kind: 'roles', removed: 2, total: 2 },
  ]);
});
