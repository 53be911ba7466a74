import { describe, expect, onTestFinished, test } from 'vitest';
import { key, MemoryTarget, openPublishing } from './test-publishing.ts';

async function publishing() {
  const opened = await openPublishing();
  onTestFinished(() => opened.close());
  const view = async () => {
    const found = await opened.publications.view(key);
    if (found === undefined) throw new Error('There is no publication.');
    return found;
  };
  return { ...opened, view, state: async () => (await view()).state };
}

describe('of two publishers', () => {
  test('one publishes, and the other goes on when it is gone: with a full push', async () => {
    const { publisher, settle, target, clock, submitBase } = await publishing();
    const [one, two] = [publisher(), publisher()];
    await submitBase(['kim']);
    await settle(one);
    expect(await settle(two)).toBe('another publisher publishes');
    clock.now += 29_999;
    expect(await settle(two)).toBe('another publisher publishes');
    clock.now += 1;
    expect(await settle(two)).toBe('everything is published');
    expect(target.pushes).toBe(2);
    expect(await settle(one)).toBe('another publisher publishes');
  });

  test('the next one need not wait where the first was stopped', async () => {
    const { publisher, settle, target, submitBase } = await publishing();
    const [one, two] = [publisher(), publisher()];
    await submitBase(['kim']);
    await settle(one);
    await one.stop();
    await settle(two);
    expect(target.pushes).toBe(2);
  });

  test('the next one waits out a push whose end nobody has noted, then pushes', async () => {
    const { publisher, settle, target, clock, submitBase } = await publishing();
    const hanging = new MemoryTarget();
    const one = publisher(undefined, hanging);
    const two = publisher();
    await submitBase(['kim']);
    const never = new Promise<void>(() => undefined);
    hanging.after = () => never;
    void one.step();
    await expect.poll(() => hanging.pushes).toBe(1);
    clock.now += 30_000;
    expect(await settle(two)).toBe('a push may still be under way');
    clock.now += 270_000;
    expect(await settle(two)).toBe('everything is published');
    expect(target.pushes).toBe(1);
  });

  test('one whose push comes late makes the other push again', async () => {
    const { publisher, settle, target, clock, createUser, submitBase } = await publishing();
    const late = new MemoryTarget();
    const [one, two] = [publisher(undefined, late), publisher()];
    await submitBase(['kim']);
    const sent = Promise.withResolvers<void>();
    late.after = () => sent.promise;
    const stepping = one.step();
    await expect.poll(() => late.pushes).toBe(1);
    clock.now += 300_000;
    await createUser('jane');
    await settle(two);
    expect(target.users()).toEqual(['jane', 'kim']);
    // What the first one sent arrives now, on top of it.
    target.payload = late.payload;
    sent.resolve();
    await stepping;
    await settle(two);
    expect(target.users()).toEqual(['jane', 'kim']);
    expect(target.pushes).toBe(2);
  });

  test('one that has lost the lease while it prepared sends nothing', async () => {
    const { publisher, publications, settle, target, clock, submitBase } = await publishing();
    const slow = new MemoryTarget();
    const overtaken = {
      ...slow,
      dataSourceId: () => slow.dataSourceId(),
      async push(...[payload, request]: Parameters<MemoryTarget['push']>) {
        clock.now += 300_000;
        await settle(two);
        return slow.push(payload, request);
      },
    };
    const [one, two] = [publisher(undefined, overtaken), publisher()];
    await submitBase(['kim']);
    await one.step();
    expect([slow.pushes, target.pushes]).toEqual([0, 1]);
    expect((await publications.view(key))?.state).toMatchObject({ failures: 0, full: undefined });
  });
});

test('a database that was restored from an older copy is published again, although its pair was published before', async () => {
  const { publisher, access, settle, target, createUser, submitBase, view } = await publishing();
  const one = publisher();
  await submitBase(['kim']);
  await settle(one);
  const { revision, incarnation } = (await view()).current;
  await createUser('jane');
  await settle(one);
  // What a restore does to the counter that publications go by.
  await access.write((db) => db.updateTable('organizations').set({ revision }).execute());
  await settle(one);
  expect(target.pushes).toBe(3);
  const { current, state } = await view();
  expect(current.incarnation).not.toBe(incarnation);
  expect(state.published).toMatchObject({ revision, incarnation: current.incarnation });
});

test('a stop lets a push come to its end', async () => {
  const { publisher, target, submitBase, state } = await publishing();
  const one = publisher({ ...{ quietMs: 0, longestWaitMs: 0, minimumIntervalMs: 0 }, pollMs: 5 });
  await submitBase(['kim']);
  const sent = Promise.withResolvers<void>();
  target.after = () => sent.promise;
  one.start();
  await expect.poll(() => target.pushes).toBe(1);
  const stopped = one.stop();
  sent.resolve();
  await stopped;
  expect(await state()).toMatchObject({ push: undefined, published: { generation: 1 }, failures: 0 });
});
