import { describe, expect, test } from 'vitest';
import { TestApplication } from './test-application.ts';
import { anyway, context, expectAgreement, group, members, openWriteBack, set, user } from './test-write-back.ts';

const busy = { status: 503, retryAfterSeconds: expect.any(Number) };

describe('a change that the application takes', () => {
  test('is in the application, the directory and the change log, each once', async () => {
    const store = await openWriteBack();
    const { acme, application, plain } = store;
    const jane = await acme.create('User', user('jane'), context);
    const joe = await acme.create('User', user('joe', { active: false }), context);
    const admins = await acme.create('Group', group('Admins', [jane.id]), context);
    await acme.update('User', jane.id, set({ userName: 'jane.doe' }), context);
    await acme.update('User', jane.id, set({ active: false }), context);
    await acme.update('User', joe.id, set({ active: true, title: 'CFO' }), context);
    await acme.update('Group', admins.id, members({ add: [joe.id], remove: [jane.id] }), context);
    await acme.delete('User', jane.id, anyway, context);
    await acme.delete('Group', admins.id, anyway, context);
    expect(application.effects).toEqual([
      'create-user jane',
      'create-user joe',
      'create-group Admins',
      'add-members Admins: jane',
      'update-user jane.doe',
      'deactivate-user jane.doe',
      'update-user joe',
      'reactivate-user joe',
      'remove-members Admins: jane.doe',
      'add-members Admins: joe',
      'delete-user jane.doe',
      'delete-group Admins',
    ]);
    await expectAgreement(store);
    const log = (await plain.changes(0, 100)).map(({ operation, id, actor, requestId }) => [
      operation,
      id,
      actor,
      requestId,
    ]);
    expect(log).toEqual(
      [
        ['create', jane.id],
        ['create', joe.id],
        ['create', admins.id],
        ['update', jane.id],
        ['update', jane.id],
        ['update', joe.id],
        ['update', admins.id],
        ['delete', jane.id],
        ['delete', admins.id],
      ].map((change) => [...change, 'tenant', 'request-1']),
    );
  });

  test('is answered as the directory answers it', async () => {
    const { acme, plain } = await openWriteBack();
    const jane = await acme.create('User', user('jane'), context);
    expect(jane).toMatchObject({ kind: 'User', version: 1, attributes: { userName: 'jane' } });
    const changed = await acme.update('User', jane.id, set({ title: 'CEO' }), context);
    expect(changed).toMatchObject({ changed: true, resource: { version: 2, attributes: { title: 'CEO' } } });
    expect((await plain.get('User', jane.id))?.json).toBe(changed.resource.json);
  });

  test('that changes nothing calls nobody', async () => {
    const { acme, application } = await openWriteBack();
    const jane = await acme.create('User', user('jane'), context);
    const team = await acme.create('Group', group('Team', [jane.id]), context);
    const { length } = application.calls;
    expect(await acme.update('User', jane.id, set({ userName: 'jane' }), context)).toMatchObject({ changed: false });
    const again = await acme.update('Group', team.id, members({ add: [jane.id] }), context);
    expect(again).toMatchObject({ changed: false, resource: { version: 1 } });
    expect(application.calls).toHaveLength(length);
  });

  test('and that is nothing to the application is written without a call', async () => {
    const { acme, application } = await openWriteBack();
    const jane = await acme.create('User', user('jane'), context);
    const changed = await acme.update('User', jane.id, set({ active: true }), context);
    expect(changed).toMatchObject({ changed: true, resource: { attributes: { active: true } } });
    expect(application.effects).toEqual(['create-user jane']);
  });

  test('names members by their links, in batches that the adapter can take', async () => {
    const application = new TestApplication({ maxMembers: 2 });
    const { acme } = await openWriteBack({ application });
    const ids: string[] = [];
    for (const name of ['a', 'b', 'c', 'd', 'e']) ids.push((await acme.create('User', user(name), context)).id);
    const team = await acme.create('Group', group('Team', ids), context);
    expect(application.effects.slice(5)).toEqual([
      'create-group Team',
      'add-members Team: a b',
      'add-members Team: c d',
      'add-members Team: e',
    ]);
    const [last] = application.calls.slice(-1);
    expect(last?.operation).toMatchObject({
      group: { id: team.id, key: team.id, nativeId: `native-${team.id}` },
      members: [{ id: ids[4], key: ids[4], nativeId: `native-${ids[4]}`, kind: 'User', name: 'e' }],
    });
  });

  test('has a key of its own for each operation, which others never had', async () => {
    const { acme, application } = await openWriteBack();
    const jane = await acme.create('User', user('jane'), context);
    await acme.create('Group', group('Team', [jane.id]), context);
    await acme.update('User', jane.id, set({ title: 'a' }), context);
    const keys = application.calls.map(({ call }) => call.idempotencyKey);
    expect(new Set(keys).size).toBe(4);
    for (const key of keys) expect(key).toMatch(/^[A-Za-z0-9.-]{1,64}$/);
  });
});

describe('a change that is wrong before the application is asked', () => {
  test('is refused as the directory refuses it, and calls nobody', async () => {
    const { acme, application, intents } = await openWriteBack();
    await acme.create('User', user('jane'), context);
    await expect(acme.create('User', user('JANE'), context)).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    });
    await expect(acme.update('User', 'nobody', set({ title: 'x' }), context)).rejects.toMatchObject({ status: 404 });
    await expect(acme.delete('User', 'nobody', anyway, context)).rejects.toMatchObject({ status: 404 });
    await expect(acme.create('Group', group('Team', ['nobody']), context)).rejects.toMatchObject({
      status: 400,
      scimType: 'invalidValue',
    });
    expect(application.calls).toHaveLength(1);
    expect(await intents.list()).toEqual([]);
  });

  test('by a precondition is refused with what the precondition throws', async () => {
    const { acme, application, plain } = await openWriteBack();
    const jane = await acme.create('User', user('jane'), context);
    const tooOld = () => {
      throw new Error('412');
    };
    await expect(acme.delete('User', jane.id, tooOld, context)).rejects.toThrow('412');
    await expect(acme.update('User', jane.id, tooOld, context)).rejects.toThrow('412');
    expect(application.calls).toHaveLength(1);
    expect(await plain.revision()).toBe(1);
  });
});

describe('a change that the application refuses', () => {
  test.each([
    ['conflict', 409, 'uniqueness'],
    ['invalid', 400, 'invalidValue'],
    [undefined, 400, 'invalidValue'],
    ['not-found', 404, undefined],
  ] as const)('as %s is %s %s with its reason, and nothing is kept', async (kind, status, scimType) => {
    const store = await openWriteBack();
    const { acme, application, plain } = store;
    const jane = await acme.create('User', user('jane'), context);
    application.before = async () => ({ type: 'refused', kind, reason: 'The mailbox is full.' });
    const refused = { status, scimType, detail: 'The mailbox is full.' };
    await expect(acme.update('User', jane.id, set({ userName: 'jane2' }), context)).rejects.toMatchObject(refused);
    await expect(acme.create('User', user('kim'), context)).rejects.toMatchObject(refused);
    await expect(acme.delete('User', jane.id, anyway, context)).rejects.toMatchObject(refused);
    expect(await plain.revision()).toBe(1);
    await expectAgreement(store);
    // The names are free again, and those that were had are not.
    application.before = async () => undefined;
    await acme.create('User', user('kim'), context);
    await acme.create('User', user('jane2'), context);
    await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject({ status: 409 });
    await expectAgreement(store);
  });

  test('in a later part is undone in the application, and nothing is kept', async () => {
    const store = await openWriteBack({ application: new TestApplication({ maxMembers: 1 }) });
    const { acme, application, plain } = store;
    const jane = await acme.create('User', user('jane'), context);
    const joe = await acme.create('User', user('joe'), context);
    const team = await acme.create('Group', group('Team', [jane.id]), context);
    const rename = () => ({
      attributes: { ...group('Crew').attributes },
      ...members({ add: [joe.id], remove: [jane.id] })(),
    });
    // What is taken back adds jane again, which has to be possible.
    application.before = async (operation) =>
      operation.type === 'add-members' && operation.members.some(({ id }) => id === joe.id)
        ? { type: 'refused', reason: 'The licence has no place left.' }
        : undefined;
    await expect(acme.update('Group', team.id, rename, context)).rejects.toMatchObject({
      status: 400,
      detail: 'The licence has no place left.',
    });
    expect(application.effects.slice(4)).toEqual([
      'remove-members Team: jane',
      'update-group Crew',
      'update-group Team',
      'add-members Team: jane',
    ]);
    expect(await plain.revision()).toBe(3);
    // Under the key of what was refused, an application that keeps its answers would refuse to take anything back.
    const keys = application.calls.map(({ call }) => call.idempotencyKey);
    expect(new Set(keys).size).toBe(keys.length);
    await expectAgreement(store);
    await expect(acme.create('Group', group('Other', [joe.id]), context)).rejects.toMatchObject({ status: 400 });
    expect(application.effects.slice(8)).toEqual(['create-group Other', 'delete-group Other']);
    await expectAgreement(store);
  });

  test('in a later part, and cannot be undone, needs attention and blocks only its resource', async () => {
    const store = await openWriteBack();
    const { acme, application, intents, events } = store;
    const jane = await acme.create('User', user('jane'), context);
    application.before = async ({ type }) =>
      type === 'add-members' || type === 'delete-group' ? { type: 'refused', reason: 'Not now.' } : undefined;
    await expect(acme.create('Group', group('Team', [jane.id]), context)).rejects.toMatchObject(busy);
    const [stuck, ...others] = await intents.list();
    expect(others).toEqual([]);
    expect(stuck).toMatchObject({
      state: 'needs-attention',
      done: 1,
      refusal: { reason: 'Not now.', kind: 'invalid' },
    });
    expect(events.map(({ type }) => type)).toEqual(['needs-attention']);
    await acme.update('User', jane.id, set({ title: 'CEO' }), context);
    // The same again is not asked for a second time.
    const unclear = { ...busy, detail: expect.stringContaining('may have made this change, or a part of it') };
    await expect(acme.create('Group', group('Team', [jane.id]), context)).rejects.toMatchObject(unclear);
    expect(application.effects).toEqual(['create-user jane', 'create-group Team', 'update-user jane']);
  });
});

test('who is hired again under the old user name is somebody else', async () => {
  const store = await openWriteBack();
  const { acme } = store;
  const first = await acme.create('User', user('jane'), context);
  await acme.delete('User', first.id, anyway, context);
  const second = await acme.create('User', user('jane'), context);
  expect(second.id).not.toBe(first.id);
  await expectAgreement(store);
});

test('a directory that closes finishes what is under way and takes no more', async () => {
  const { acme, application, plain } = await openWriteBack({ callTimeoutMs: 5000 });
  const free = Promise.withResolvers<undefined>();
  application.before = () => free.promise;
  const creating = acme.create('User', user('jane'), context);
  const closing = acme.close();
  await expect(acme.create('User', user('joe'), context)).rejects.toMatchObject(busy);
  free.resolve(undefined);
  await closing;
  expect(await plain.get('User', (await creating).id)).toBeDefined();
});
