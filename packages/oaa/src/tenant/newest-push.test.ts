import { expect, test } from 'vitest';
import { NewestPushes } from './newest-push.ts';

test('a push is the newest until a later one enters for the same data source', () => {
  const pushes = new NewestPushes();
  const [first, second, elsewhere] = [pushes.begin(), pushes.begin(), pushes.begin()];
  first.enter('a');
  elsewhere.enter('b');
  expect(first.isNewest()).toBe(true);
  second.enter('a');
  expect([first, second, elsewhere].map((ticket) => ticket.isNewest())).toEqual([false, true, true]);
});

test('a push that began earlier and enters later is not the newest', () => {
  const pushes = new NewestPushes();
  const [first, second] = [pushes.begin(), pushes.begin()];
  second.enter('a');
  first.enter('a');
  expect([first.isNewest(), second.isNewest()]).toEqual([false, true]);
});
