import { rm } from 'node:fs/promises';
import { describe, expect, test, vi } from 'vitest';
import { longestLeaseMs } from '../directory/write-back.ts';
import { resolveIntent } from './resolve-intent.ts';
import { TestApplication } from './test-application.ts';
import { context, expectAgreement, group, members, openWriteBack, set, user } from './test-write-back.ts';

const busy = { status: 503, retryAfterSeconds: expect.any(Number) };
const broken = async () => {
  throw new Error('connection reset; password=secret');
};
const nothing = async () => undefined;
function theOnly<Value>(values: readonly Value[]): Value {
  const [value, ...others] = values;
  if (value === undefined || others.length > 0) throw new Error(`There are ${values.length}.`);
  return value;
}
const untilDone = { timeout: 10_000, interval: 10 };

describe.each([
  ['can be looked up', { probes: true }],
  ['can be repeated', { probes: false, repeatable: true }],
  ['can be looked up and repeated', { probes: true, repeatable: true }],
])('where what was done %s', (_name, abilities) => {
  test.each([
    ['an error before it was done', { before: broken }],
    ['an error after it was done', { after: broken }],
    ['no answer before it was done', { before: () => new Promise<undefined>(() => {}) }],
    ['no answer after it was done', { after: () => new Promise<undefined>(() => {}) }],
    ['nonsense', { after: async () => ({ type: 'ok' }) as never }],
    ['"unknown"', { after: async () => ({ type: 'unknown', reason: 'The line is dead.' }) as const }],
  ])('%s is 503, and the change is done once', async (_fault, fault) => {
    const application = new TestApplication(abilities);
    const store = await openWriteBack({ application });
    const { acme, intents } = store;
    const jane = await acme.create('User', user('jane'), context);
    Object.assign(application, fault);
    await expect(acme.update('User', jane.id, set({ active: false }), context)).rejects.toMatchObject(busy);
    // While it is not known, nothing is told that may not be so.
    expect((await acme.get('User', jane.id))?.version).toBe(1);
    application.before = nothing;
    application.after = nothing;
    acme.start();
    await vi.waitFor(async () => expect(await intents.list()).toEqual([]), untilDone);
    expect(application.effects).toEqual(['create-user jane', 'deactivate-user jane']);
    await expectAgreement(store);
  });

  test('the same request again gets the outcome of the first', async () => {
    const application = new TestApplication(abilities);
    const store = await openWriteBack({ application });
    const { acme } = store;
    application.after = broken;
    await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
    application.after = nothing;
    const again = acme.create('User', user('jane'), context);
    acme.start();
    expect(await again).toMatchObject({ attributes: { userName: 'jane' } });
    expect(application.effects).toEqual(['create-user jane']);
    await expectAgreement(store);
  });

  test('a refusal that comes to light later is told to who asks again, and nothing is kept', async () => {
    const application = new TestApplication(abilities);
    const store = await openWriteBack({ application });
    const { acme } = store;
    application.before = broken;
    await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
    application.before = async () => ({ type: 'refused', kind: 'conflict', reason: 'The name is taken.' });
    const again = acme.create('User', user('jane'), context);
    acme.start();
    await expect(again).rejects.toMatchObject({ status: 409, detail: 'The name is taken.' });
    await expectAgreement(store);
  });

  test('other requests about the resource get 503 until the end is known, and then their turn', async () => {
    const application = new TestApplication(abilities);
    const store = await openWriteBack({ application, retry: { firstMs: 1000, longestMs: 1000, attempts: 3 } });
    const { acme } = store;
    const jane = await acme.create('User', user('jane'), context);
    application.after = broken;
    await expect(acme.update('User', jane.id, set({ active: false }), context)).rejects.toMatchObject(busy);
    application.after = nothing;
    await expect(acme.update('User', jane.id, set({ active: true }), context)).rejects.toMatchObject(busy);
    await expect(acme.create('User', user('JANE'), context)).rejects.toMatchObject({ status: 409 });
    acme.start();
    await vi.waitFor(() => acme.update('User', jane.id, set({ active: true }), context), untilDone);
    expect(application.effects).toEqual(['create-user jane', 'deactivate-user jane', 'reactivate-user jane']);
    await expectAgreement(store);
  });

  test('an intent of several operations goes on where it was', async () => {
    const application = new TestApplication({ ...abilities, maxMembers: 1 });
    const store = await openWriteBack({ application });
    const { acme, intents } = store;
    const jane = await acme.create('User', user('jane'), context);
    const joe = await acme.create('User', user('joe'), context);
    application.after = async (operation) =>
      operation.type === 'add-members' && operation.members[0]?.id === jane.id ? broken() : undefined;
    await expect(acme.create('Group', group('Team', [jane.id, joe.id]), context)).rejects.toMatchObject(busy);
    expect(await intents.list()).toMatchObject([{ done: 1, state: 'open' }]);
    application.after = nothing;
    acme.start();
    await vi.waitFor(async () => expect(await intents.list()).toEqual([]), untilDone);
    expect(application.effects.slice(2)).toEqual([
      'create-group Team',
      'add-members Team: jane',
      'add-members Team: joe',
    ]);
    await expectAgreement(store);
  });

  test('what is being undone goes on being undone', async () => {
    const application = new TestApplication(abilities);
    const store = await openWriteBack({ application });
    const { acme, intents } = store;
    const jane = await acme.create('User', user('jane'), context);
    application.before = async ({ type }) => {
      if (type === 'delete-group') return broken();
      return type === 'add-members' ? { type: 'refused', reason: 'The licence has no place left.' } : undefined;
    };
    await expect(acme.create('Group', group('Team', [jane.id]), context)).rejects.toMatchObject(busy);
    application.before = nothing;
    const again = acme.create('Group', group('Team', [jane.id]), context);
    acme.start();
    await expect(again).rejects.toMatchObject({ status: 400, detail: 'The licence has no place left.' });
    expect(application.effects).toEqual(['create-user jane', 'create-group Team', 'delete-group Team']);
    expect(await intents.list()).toEqual([]);
    await expectAgreement(store);
  });
});

test('what can neither be looked up nor repeated needs attention, and is not done again', async () => {
  const application = new TestApplication({ probes: false });
  const store = await openWriteBack({ application });
  const { acme, intents, events } = store;
  const jane = await acme.create('User', user('jane'), context);
  application.after = broken;
  await expect(acme.update('User', jane.id, set({ active: false }), context)).rejects.toMatchObject(busy);
  application.after = nothing;
  acme.start();
  await expect(acme.update('User', jane.id, set({ active: false }), context)).rejects.toMatchObject(busy);
  expect(await intents.list()).toMatchObject([{ state: 'needs-attention', resourceId: jane.id }]);
  expect(events.map(({ type }) => type)).toEqual(['needs-attention']);
  expect(application.effects).toEqual(['create-user jane', 'deactivate-user jane']);
});

test('what looking does not show needs attention after so many attempts', async () => {
  const application = new TestApplication();
  const { acme, intents } = await openWriteBack({ application });
  application.after = broken;
  application.probe = async () => ({ type: 'unknown', reason: 'The list is not up to date.' });
  await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
  acme.start();
  await vi.waitFor(async () => expect(await intents.list()).toMatchObject([{ state: 'needs-attention' }]), untilDone);
  expect(await intents.list()).toMatchObject([{ attempt: 3, reason: 'The list is not up to date.' }]);
  expect(application.calls).toHaveLength(1);
});

test('what can be repeated is repeated until it is known, with rests that grow', async () => {
  const application = new TestApplication({ repeatable: true, probes: false });
  const store = await openWriteBack({ application, retry: { firstMs: 10, longestMs: 40, attempts: 2 } });
  const { acme, events } = store;
  const times: number[] = [];
  application.before = async () => {
    times.push(performance.now());
    return times.length < 8 ? broken() : undefined;
  };
  const creating = acme.create('User', user('jane'), context);
  await expect(creating).rejects.toMatchObject(busy);
  acme.start();
  await vi.waitFor(() => expect(application.effects).toEqual(['create-user jane']), untilDone);
  await vi.waitFor(() => expectAgreement(store), untilDone);
  expect(events.map(({ type }) => type)).toEqual([...Array(7).fill('unknown'), 'recovered']);
  expect(application.calls.map(({ call }) => call.attempt)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  expect(new Set(application.calls.map(({ call }) => call.idempotencyKey)).size).toBe(1);
  expect((times[7] ?? 0) - (times[6] ?? 0)).toBeGreaterThanOrEqual(40);
});

test('an answer that comes after the client was told 503 still counts', async () => {
  const store = await openWriteBack({ graceMs: 5000 });
  const { acme, application, intents } = store;
  const late = Promise.withResolvers<undefined>();
  let aborted = false;
  application.after = async (_operation, { signal }) => {
    signal.addEventListener('abort', () => {
      aborted = true;
    });
    return late.promise;
  };
  await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
  expect(aborted).toBe(true);
  const again = acme.create('User', user('jane'), context);
  late.resolve(undefined);
  expect(await again).toMatchObject({ attributes: { userName: 'jane' } });
  expect(application.looks).toBe(0);
  expect(await intents.list()).toEqual([]);
  await expectAgreement(store);
});

test('a call that ends because its time is over is told as that, not as a fault of the adapter', async () => {
  const { acme, application, intents } = await openWriteBack();
  application.before = (_operation, { signal }) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
  await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
  const reason = 'The application did not answer in time.';
  await vi.waitFor(async () => expect(await intents.list()).toMatchObject([{ state: 'open', reason }]), untilDone);
});

test('an answer that comes when somebody else has the intent is not written a second time', async () => {
  const store = await openWriteBack({ callTimeoutMs: 60_000 });
  const { acme, application, intents, plain } = store;
  const late = Promise.withResolvers<undefined>();
  application.after = async () => late.promise;
  const creating = acme.create('User', user('jane'), context);
  await vi.waitFor(() => expect(application.effects).toEqual(['create-user jane']), untilDone);
  const intent = theOnly(await intents.list());
  // As if this process had stood still for longer than its lease.
  const taken = await vi.waitFor(async () => {
    await intents.renew(intent, 0);
    return theOnly(await intents.takeOver('another node', 60_000, 1, []));
  }, untilDone);
  late.resolve(undefined);
  await expect(intents.apply(intent)).resolves.toBeUndefined();
  expect(await plain.revision()).toBe(0);
  await intents.apply(taken, 'native-id');
  expect((await creating).attributes.userName).toBe('jane');
  expect(await plain.revision()).toBe(1);
});

test('a lease is kept while a call is under way: nobody else does the same meanwhile', async () => {
  const store = await openWriteBack({ callTimeoutMs: 60_000, leaseMs: 600 });
  const { acme, application } = store;
  const other = await store.node();
  other.acme.start();
  const free = Promise.withResolvers<undefined>();
  application.before = () => free.promise;
  const creating = acme.create('User', user('jane'), context);
  await new Promise((resolve) => setTimeout(resolve, 1500));
  free.resolve(undefined);
  await creating;
  expect(application.calls).toHaveLength(1);
  expect(application.looks).toBe(0);
  await expectAgreement(store);
});

test('a refusal of what an earlier call has done meanwhile is none', async () => {
  const application = new TestApplication();
  const store = await openWriteBack({ application });
  const { acme, intents } = store;
  application.before = broken;
  await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
  // The first call comes through after the application was looked at, and before it is asked again.
  application.before = async (operation, call) => {
    application.before = nothing;
    await application.apply(operation, call);
    return { type: 'refused', kind: 'conflict', reason: 'The name is taken.' };
  };
  acme.start();
  await vi.waitFor(async () => expect(await intents.list()).toEqual([]), untilDone);
  expect(application.effects).toEqual(['create-user jane']);
  await expectAgreement(store);
});

test('of many nodes that recover, one does it', async () => {
  const application = new TestApplication();
  const store = await openWriteBack({ application });
  const nodes = [store, await store.node(), await store.node(), await store.node()];
  application.after = broken;
  const names = Array.from({ length: 30 }, (_, index) => `user-${index}`);
  await Promise.allSettled(names.map((name) => store.acme.create('User', user(name), context)));
  expect(await store.intents.list()).toHaveLength(30);
  application.after = nothing;
  for (const node of nodes) node.acme.start();
  await vi.waitFor(async () => expect(await store.intents.list()).toEqual([]), untilDone);
  expect(application.effects.toSorted()).toEqual(names.map((name) => `create-user ${name}`).toSorted());
  await expectAgreement(store);
});

describe('when the clock is set back', () => {
  test('by a day, what was left is taken over all the same, after the longest lease', async () => {
    let now = new Date('2026-11-22T12:00:00Z').getTime();
    const store = await openWriteBack({ directory: { clock: () => new Date(now) } });
    const { acme, application, intents } = store;
    application.after = broken;
    await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
    application.after = nothing;
    now -= 86_400_000;
    expect(await intents.takeOver('node', 1000, 10, [])).toEqual([]);
    now += longestLeaseMs;
    acme.start();
    await vi.waitFor(async () => expect(await intents.list()).toEqual([]), untilDone);
    await expectAgreement(store);
  });

  test('a resource is never older than before', async () => {
    let now = new Date('2026-11-22T12:00:00Z').getTime();
    const { acme } = await openWriteBack({ directory: { clock: () => new Date(now) } });
    const jane = await acme.create('User', user('jane'), context);
    now -= 3_600_000;
    const { resource } = await acme.update('User', jane.id, set({ title: 'CEO' }), context);
    expect(resource.lastModified >= jane.lastModified).toBe(true);
  });
});

test('a change that the directory cannot take when the application has done it needs attention', async () => {
  const store = await openWriteBack();
  const { acme, application, intents, plain } = store;
  const inner = await acme.create('Group', group('Inner'), context);
  const outer = await acme.create('Group', group('Outer'), context);
  const free = Promise.withResolvers<undefined>();
  application.after = async ({ type }) => (type === 'add-members' ? free.promise : undefined);
  const nesting = acme.update('Group', outer.id, members({ add: [inner.id] }), context);
  await vi.waitFor(() => expect(application.effects).toContain('add-members Outer: Inner'), untilDone);
  // A base has made the opposite meanwhile: both would be a circle.
  await plain.update('Group', inner.id, members({ add: [outer.id] }), { ...context, origin: 'extraction' });
  free.resolve(undefined);
  await expect(nesting).rejects.toMatchObject({
    ...busy,
    detail: expect.stringContaining('may have made this change, or a part of it'),
  });
  const stuck = theOnly(await intents.list());
  expect(stuck).toMatchObject({
    state: 'needs-attention',
    reason: expect.stringContaining('cannot be a member of itself'),
  });
  expect(await plain.members(outer.id, undefined, 10)).toEqual([]);
  // Only the application can give way.
  const owner = { owner: 'somebody' };
  expect(await resolveIntent(intents, stuck.id, 'applied', owner)).toBe('not-writable');
  expect(await resolveIntent(intents, stuck.id, 'not-applied', owner)).toBe('continues');
  acme.start();
  await vi.waitFor(async () => expect(await intents.list()).toEqual([]), untilDone);
  expect(application.effects.at(-1)).toBe('remove-members Outer: Inner');
});

test('what the application does not take back is tried again each time that somebody says so, until they say it is done', async () => {
  const { acme, application, intents } = await openWriteBack();
  const jane = await acme.create('User', user('jane'), context);
  application.before = async ({ type }) =>
    type === 'add-members' || type === 'delete-group' ? { type: 'refused', reason: 'Not now.' } : undefined;
  await expect(acme.create('Group', group('Team', [jane.id]), context)).rejects.toMatchObject(busy);
  const { id } = theOnly(await intents.list());
  const isStuck = async () => expect(await intents.list()).toMatchObject([{ state: 'needs-attention' }]);
  acme.start();
  const { length } = application.calls;
  expect(await resolveIntent(intents, id, 'not-applied', { owner: 'somebody' })).toBe('tries-again');
  await vi.waitFor(async () => expect(application.calls.length).toBeGreaterThan(length), untilDone);
  await vi.waitFor(isStuck, untilDone);
  expect(await resolveIntent(intents, id, 'applied', { owner: 'somebody' })).toBe('refused');
  expect(await intents.list()).toEqual([]);
});

test('a change that cannot be written when the application has done it is not called undone', async () => {
  const { acme, application, events, file, intents } = await openWriteBack();
  application.after = async () => {
    await rm(file);
    return undefined;
  };
  await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject({
    ...busy,
    detail: expect.not.stringContaining('nothing was changed'),
  });
  expect(application.effects).toEqual(['create-user jane']);
  expect(events).toMatchObject([{ type: 'journal-failed', error: { reason: 'file-replaced' } }]);
  // Still open: the next process takes it over, and finds out.
  expect(await intents.list()).toMatchObject([{ state: 'open', done: 0 }]);
});

test('secrets in errors of an adapter are not kept in the journal', async () => {
  const { acme, application, intents } = await openWriteBack();
  application.before = broken;
  await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject(busy);
  expect(JSON.stringify(await intents.list())).not.toContain('secret');
});
