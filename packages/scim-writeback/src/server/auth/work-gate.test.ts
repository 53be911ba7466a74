import { expect, test } from 'vitest';
import { WorkGate } from './work-gate.ts';

function held() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { promise, resolve };
}

test('so many run at a time, so many wait in order, and the next one is refused with 503', async () => {
  const gate = new WorkGate(2, 1);
  const started: string[] = [];
  const ends = { a: held(), b: held(), c: held() };
  const run = (name: keyof typeof ends) =>
    gate.run(async () => {
      started.push(name);
      await ends[name].promise;
      return name;
    });
  const [a, b, c] = [run('a'), run('b'), run('c')];
  expect(started).toEqual(['a', 'b']);
  await expect(gate.run(async () => 'd')).rejects.toMatchObject({ status: 503, headers: { 'retry-after': '2' } });
  ends.b.resolve();
  expect(await b).toBe('b');
  expect(started).toEqual(['a', 'b', 'c']);
  ends.a.resolve();
  ends.c.resolve();
  expect(await Promise.all([a, c])).toEqual(['a', 'c']);
});

test('work that fails makes room for the next', async () => {
  const gate = new WorkGate(1, 0);
  for (let round = 0; round < 3; round += 1) {
    await expect(gate.run(() => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
  }
  expect(await gate.run(async () => 'done')).toBe('done');
});
