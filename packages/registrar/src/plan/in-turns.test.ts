import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inTurns } from './in-turns.ts';

test('results are in the order of the items, and no more than allowed are under way', async () => {
  let underWay = 0;
  let most = 0;
  const results = await inTurns([3, 2, 1, 0], 2, async (item) => {
    underWay += 1;
    most = Math.max(most, underWay);
    for (let left = item; left >= 0; left -= 1) await turn();
    underWay -= 1;
    return item * 10;
  });
  expect(results).toEqual([30, 20, 10, 0]);
  expect(most).toBe(2);
});

test('after an error nothing more is begun', async () => {
  const begun: number[] = [];
  const work = inTurns([1, 2, 3, 4], 1, async (item) => {
    begun.push(item);
    await turn();
    if (item === 2) throw new Error('stop');
  });
  await expect(work).rejects.toThrow('stop');
  expect(begun).toEqual([1, 2]);
});

test('nothing is done for no items', async () => {
  expect(await inTurns([], 4, () => Promise.reject(new Error('called')))).toEqual([]);
});
