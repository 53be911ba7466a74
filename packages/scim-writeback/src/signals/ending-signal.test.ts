import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { endingSignal } from './ending-signal.ts';

test('ends with the first of others, for its reason', () => {
  const [one, other] = [new AbortController(), new AbortController()];
  using ending = endingSignal([one.signal, other.signal]);
  expect(ending.signal.aborted).toBe(false);
  other.abort(new Error('enough'));
  one.abort(new Error('too late'));
  expect(ending.signal.reason).toEqual(new Error('enough'));
});

test('has ended where one of others has', () => {
  using ending = endingSignal([new AbortController().signal, AbortSignal.abort('gone')]);
  expect([ending.signal.aborted, ending.signal.reason]).toEqual([true, 'gone']);
});

test('ends when its time is over', async () => {
  using ending = endingSignal([new AbortController().signal], 5);
  await expect.poll(() => ending.signal.aborted).toBe(true);
  expect(ending.signal.reason).toMatchObject({ name: 'TimeoutError' });
});

test('does not end once it is disposed of', async () => {
  const other = new AbortController();
  const { signal } = (() => {
    using ending = endingSignal([other.signal], 5);
    return ending;
  })();
  const timer = endingSignal([], 10);
  await expect.poll(() => timer.signal.aborted).toBe(true);
  other.abort();
  await wait(0);
  expect(signal.aborted).toBe(false);
});
