import { expect, test } from 'vitest';
import { coalesce } from './coalesce.ts';

test('calls during a run share the next one, and each waits for a run that began after it', async () => {
  const ends: (() => void)[] = [];
  const run = coalesce(() => new Promise<void>((end) => ends.push(end)));
  const done: string[] = [];
  const first = run().then(() => done.push('first'));
  const second = run().then(() => done.push('second'));
  const third = run().then(() => done.push('third'));
  expect(ends).toHaveLength(1);
  ends[0]?.();
  await first;
  expect(done).toEqual(['first']);
  await expect.poll(() => ends.length).toBe(2);
  ends[1]?.();
  await Promise.all([second, third]);
  expect(ends).toHaveLength(2);
});

test('a run that fails does not stop the next', async () => {
  let runs = 0;
  const run = coalesce(async () => {
    runs += 1;
    if (runs === 1) throw new Error('disk full');
  });
  const [first, second] = await Promise.allSettled([run(), run()]);
  expect([first?.status, second?.status]).toEqual(['rejected', 'fulfilled']);
});
