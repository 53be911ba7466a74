import { describe, expect, test, vi } from 'vitest';
import { anyway, context, expectAgreement, group, members, openWriteBack, set, user } from './test-write-back.ts';

const busy = { status: 503, retryAfterSeconds: expect.any(Number) };

describe('requests about one resource', () => {
  test('of one process wait for each other, and none is lost', async () => {
    const store = await openWriteBack();
    const { acme, application } = store;
    const jane = await acme.create('User', user('jane', { title: '' }), context);
    let atOnce = 0;
    let most = 0;
    application.before = async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise((resolve) => setTimeout(resolve, 2));
      return undefined;
    };
    application.after = async () => {
      atOnce -= 1;
      return undefined;
    };
    await Promise.all(
      Array.from({ length: 20 }, () =>
        acme.update('User', jane.id, (current) => set({ title: `${current.attributes.title}x` })(current), context),
      ),
    );
    expect((await acme.get('User', jane.id))?.attributes.title).toBe('x'.repeat(20));
    expect(most).toBe(1);
    await expectAgreement(store);
  });

  test('wait no longer than they are told to', async () => {
    const { acme, application } = await openWriteBack({ queueWaitMs: 50, callTimeoutMs: 5000 });
    const jane = await acme.create('User', user('jane'), context);
    const free = Promise.withResolvers<undefined>();
    application.before = () => free.promise;
    const first = acme.update('User', jane.id, set({ title: 'a' }), context);
    await expect(acme.update('User', jane.id, set({ title: 'b' }), context)).rejects.toMatchObject(busy);
    free.resolve(undefined);
    expect((await first).resource.attributes.title).toBe('a');
  });

  test('of other resources do not wait', async () => {
    const { acme, application } = await openWriteBack({ callTimeoutMs: 5000 });
    const jane = await acme.create('User', user('jane'), context);
    const joe = await acme.create('User', user('joe'), context);
    const free = Promise.withResolvers<undefined>();
    application.before = async ({ type }) => (type === 'deactivate-user' ? free.promise : undefined);
    const slow = acme.update('User', jane.id, set({ active: false }), context);
    await acme.update('User', joe.id, set({ title: 'CFO' }), context);
    free.resolve(undefined);
    await slow;
  });

  test('on two nodes are carried out one after the other', async () => {
    const store = await openWriteBack({ callTimeoutMs: 5000, lockWaitMs: 5000 });
    const { acme, application } = store;
    const other = await store.node();
    const jane = await acme.create('User', user('jane'), context);
    const free = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<void>();
    application.before = async () => {
      begun.resolve();
      return free.promise;
    };
    const first = acme.update('User', jane.id, set({ title: 'a' }), context);
    await begun.promise;
    const second = other.acme.update('User', jane.id, set({ nickName: 'b' }), context);
    free.resolve(undefined);
    await Promise.all([first, second]);
    expect((await acme.get('User', jane.id))?.attributes).toMatchObject({ title: 'a', nickName: 'b' });
    await expectAgreement(store);
  });

  test('on another node get 503 when the first one takes long', async () => {
    const store = await openWriteBack({ callTimeoutMs: 5000 });
    const { acme, application } = store;
    const other = await store.node();
    const jane = await acme.create('User', user('jane'), context);
    const free = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<void>();
    application.before = async () => {
      begun.resolve();
      return free.promise;
    };
    const first = acme.update('User', jane.id, set({ title: 'a' }), context);
    await begun.promise;
    await expect(other.acme.update('User', jane.id, set({ title: 'b' }), context)).rejects.toMatchObject(busy);
    await expect(other.acme.delete('User', jane.id, anyway, context)).rejects.toMatchObject(busy);
    free.resolve(undefined);
    await first;
    expect(application.effects).toEqual(['create-user jane', 'update-user jane']);
  });

  test('that are the same on another node get the outcome of the first', async () => {
    const store = await openWriteBack({ callTimeoutMs: 5000 });
    const { acme, application } = store;
    const other = await store.node();
    const free = Promise.withResolvers<undefined>();
    const begun = Promise.withResolvers<void>();
    application.before = async () => {
      begun.resolve();
      return free.promise;
    };
    const first = acme.create('User', user('jane'), context);
    await begun.promise;
    const second = other.acme.create('User', user('jane'), context);
    const third = other.acme.create('User', user('jane', { title: 'another one' }), context);
    third.catch(() => undefined);
    await new Promise((resolve) => setTimeout(resolve, 50));
    free.resolve(undefined);
    expect((await second).id).toBe((await first).id);
    await expect(third).rejects.toMatchObject({ status: 409 });
    expect(application.effects).toEqual(['create-user jane']);
  });

  test('that want one user name at the same time make one user', async () => {
    const store = await openWriteBack();
    const { acme, application } = store;
    const outcomes = await Promise.allSettled(
      Array.from({ length: 16 }, (_, index) => acme.create('User', user(index % 2 === 0 ? 'jane' : 'JANE'), context)),
    );
    const ids = new Set(outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value.id] : [])));
    expect(ids.size).toBe(1);
    expect(application.users.size).toBe(1);
    await expectAgreement(store);
  });
});

test('two groups that become members of each other at the same time are no circle', async () => {
  const store = await openWriteBack();
  const { acme } = store;
  const inner = await acme.create('Group', group('Inner'), context);
  const outer = await acme.create('Group', group('Outer'), context);
  const outcomes = await Promise.allSettled([
    acme.update('Group', outer.id, members({ add: [inner.id] }), context),
    acme.update('Group', inner.id, members({ add: [outer.id] }), context),
  ]);
  expect(outcomes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await expectAgreement(store);
});

test('a member that a base takes away while it is being added is not added', async () => {
  const { acme, application, plain } = await openWriteBack({ callTimeoutMs: 5000 });
  const jane = await acme.create('User', user('jane'), context);
  const joe = await acme.create('User', user('joe'), context);
  const team = await acme.create('Group', group('Team'), context);
  const gone = Promise.withResolvers<undefined>();
  const begun = Promise.withResolvers<void>();
  application.before = async () => {
    begun.resolve();
    return gone.promise;
  };
  const adding = acme.update('Group', team.id, members({ add: [jane.id, joe.id] }), context);
  await begun.promise;
  await plain.delete('User', jane.id, anyway, { ...context, origin: 'extraction' });
  gone.resolve(undefined);
  await adding;
  expect((await plain.members(team.id, undefined, 10)).map(({ id }) => id)).toEqual([joe.id]);
});

test('who is being added to a group is deleted after that, and who is being deleted is not added', async () => {
  const store = await openWriteBack({ callTimeoutMs: 5000 });
  const { acme, application } = store;
  const jane = await acme.create('User', user('jane'), context);
  const team = await acme.create('Group', group('Team'), context);
  const crew = await acme.create('Group', group('Crew'), context);
  const added = Promise.withResolvers<undefined>();
  const deleted = Promise.withResolvers<undefined>();
  const deleting = Promise.withResolvers<void>();
  application.before = async ({ type }) => {
    if (type === 'add-members') return added.promise;
    deleting.resolve();
    return deleted.promise;
  };
  const adding = acme.update('Group', team.id, members({ add: [jane.id] }), context);
  await vi.waitFor(() => expect(application.calls).toHaveLength(4));
  const leaving = acme.delete('User', jane.id, anyway, context);
  added.resolve(undefined);
  await adding;
  await deleting.promise;
  const late = acme.update('Group', crew.id, members({ add: [jane.id] }), context);
  late.catch(() => undefined);
  deleted.resolve(undefined);
  await leaving;
  await expect(late).rejects.toMatchObject({ status: 400, scimType: 'invalidValue' });
  expect(application.effects.slice(3)).toEqual(['add-members Team: jane', 'delete-user jane']);
  await expectAgreement(store);
});
