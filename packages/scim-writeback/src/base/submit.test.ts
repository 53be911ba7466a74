import { describe, expect, test } from 'vitest';
import { baseOf, titled, useBases } from './test-bases.ts';

const none = { created: 0, updated: 0, deleted: 0, membersAdded: 0, membersRemoved: 0 };
const jane = titled('jane', 'Engineer');
const kim = titled('kim', 'Clerk');

describe('the first base', () => {
  test('becomes the directory: users, groups, memberships, links', async () => {
    const { submit, facts, links, bases } = await useBases();
    const payload = baseOf({
      users: [
        { id: '7', ...jane, groups: ['g1'] },
        { id: 'no good/id', ...kim },
      ],
      groups: [
        { id: 'g1', name: 'Sales', groups: ['g2'] },
        { id: 'g2', name: 'All' },
      ],
    });
    const { record, changes, drifts, notices } = await submit(payload, { asOf: undefined });
    expect(changes).toEqual({ created: 4, updated: 0, deleted: 0, membersAdded: 2, membersRemoved: 0 });
    expect([drifts, notices]).toEqual([[], []]);
    expect(record).toMatchObject({
      generation: 1,
      asOf: 0,
      revision: 6,
      counts: { users: 2, groups: 2, memberships: 2 },
    });
    expect(await facts()).toEqual({
      users: {
        jane: { userName: 'jane', active: 'true', title: 'Engineer' },
        kim: { userName: 'kim', active: 'true', title: 'Clerk' },
      },
      groups: {
        Sales: { displayName: 'Sales', members: ['jane'] },
        All: { displayName: 'All', members: ['Sales'] },
      },
    });
    const found = await links();
    expect(found.map(({ kind, key, nativeId, state }) => [kind, key, nativeId, state]).toSorted()).toEqual([
      ['Group', 'g1', 'g1', 'live'],
      ['Group', 'g2', 'g2', 'live'],
      ['User', '7', '7', 'live'],
      ['User', 'no good/id', 'no good/id', 'live'],
    ]);
    // The SCIM id is the base's where it can be.
    expect(
      found
        .filter(({ id, key }) => id === key)
        .map(({ id }) => id)
        .toSorted(),
    ).toEqual(['7', 'g1', 'g2']);
    const last = await bases.last();
    expect(last).toMatchObject({
      record,
      payload,
      linking: { users: ['7', expect.any(String)], groups: ['g1', 'g2'] },
    });
  });

  test('does not overrule what SCIM made before, and finds it by name', async () => {
    const { submit, facts, scim, named, links } = await useBases();
    const id = await scim.create('User', { userName: 'Jane', active: true, title: 'Boss' });
    expect((await submit(baseOf({ users: [jane] }), { asOf: undefined })).changes).toEqual(none);
    expect((await named('Jane'))?.id).toBe(id);
    expect(await facts()).toMatchObject({ users: { Jane: { title: 'Boss' } } });
    expect(await links()).toEqual([expect.objectContaining({ id, key: id, nativeId: 'jane' })]);
  });

  test('links a resource that was there before write-back under the key of the base', async () => {
    const { submit, plain, links } = await useBases();
    const { id } = await plain.create(
      'User',
      { attributes: { schemas: [], userName: 'jane' } },
      { actor: 'old', requestId: '1', origin: 'scim' },
    );
    const { id: other } = await plain.create(
      'User',
      { attributes: { schemas: [], userName: 'only in SCIM' } },
      { actor: 'old', requestId: '2', origin: 'scim' },
    );
    await submit(baseOf({ users: [jane] }), { asOf: undefined });
    expect((await links()).map((one) => [one.id, one.key, one.nativeId])).toEqual(
      [
        [id, 'jane', 'jane'],
        [other, other, undefined],
      ].toSorted(),
    );
  });
});

test('a base may say no more than who there is', async () => {
  const { submit, facts, bases } = await useBases();
  const bare = { applications: [{ name: 'Shop EU', application_type: 'Shop', local_users: [{ name: 'jane' }] }] };
  await bases.submit(bare, { actor: 'connector' });
  const { asOf } = await bases.begin();
  expect((await bases.submit(bare, { asOf, actor: 'connector' })).changes).toEqual(none);
  expect((await submit(baseOf({ users: [jane] }))).changes.updated).toBe(1);
  expect(await facts()).toMatchObject({ users: { jane: { title: 'Engineer', active: 'true' } } });
});

describe('a base changes a fact', () => {
  test('when it differs from the base before, without any request', async () => {
    const { submit, facts, plain } = await useBases();
    await submit(baseOf({ users: [{ ...jane, groups: ['Sales'] }, kim], groups: [{ name: 'Sales' }] }));
    const next = baseOf({
      users: [titled('jane', 'Boss'), { ...kim, groups: ['Sales'] }],
      groups: [{ name: 'Sales' }],
    });
    const { changes, record } = await submit(next);
    expect(changes).toEqual({ created: 0, updated: 1, deleted: 0, membersAdded: 1, membersRemoved: 1 });
    expect(await facts()).toMatchObject({
      users: { jane: { title: 'Boss' } },
      groups: { Sales: { members: ['kim'] } },
    });
    const rows = await plain.changes(0, 100);
    expect(new Set(rows.map(({ origin }) => origin))).toEqual(new Set(['extraction']));
    expect(rows.at(-1)).toMatchObject({ requestId: 'base-2', actor: 'connector', revision: record.revision });
  });

  test('not when SCIM changed it after the extraction began, whatever the base says', async () => {
    const { submit, facts, scim, named, bases } = await useBases();
    await submit(baseOf({ users: [jane, kim], groups: [{ name: 'Sales' }] }));
    const { asOf } = await bases.begin();
    const ids = { jane: (await named('jane'))?.id ?? '', sales: (await named('Sales'))?.id ?? '' };
    await scim.set('User', ids.jane, { title: 'Boss' });
    await scim.add(ids.sales, ids.jane);
    const missed = baseOf({ users: [titled('jane', 'Intern'), kim], groups: [{ name: 'Sales' }] });
    const { changes, drifts } = await submit(missed, { asOf });
    expect([changes, drifts]).toEqual([none, []]);
    expect(await facts()).toMatchObject({
      users: { jane: { title: 'Boss' } },
      groups: { Sales: { members: ['jane'] } },
    });
  });

  test('and the other facts of the same resource change all the same', async () => {
    const { submit, facts, scim, named, bases } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const { asOf } = await bases.begin();
    await scim.set('User', (await named('jane'))?.id ?? '', { title: 'Boss' });
    await submit(baseOf({ users: [titled('jane', 'Intern', { is_active: false })] }), { asOf });
    expect(await facts()).toMatchObject({ users: { jane: { title: 'Boss', active: 'false' } } });
  });

  test('not when it says nothing of it', async () => {
    const { submit, facts } = await useBases();
    await submit(baseOf({ users: [titled('jane', 'Engineer', { email: 'jane@example.com' })] }));
    const silent = baseOf({ users: [{ name: 'jane' }] });
    const { changes } = await submit({ ...silent, custom_property_definition: { applications: [] } });
    expect(changes).toEqual(none);
    expect(await facts()).toMatchObject({ users: { jane: { active: 'true', title: 'Engineer' } } });
  });
});

describe('what is gone from a base', () => {
  test('is deleted, and its link is a tombstone', async () => {
    const { submit, facts, links } = await useBases();
    await submit(baseOf({ users: [jane, kim], groups: [{ name: 'Sales' }] }));
    expect((await submit(baseOf({ users: [kim] }))).changes).toMatchObject({ deleted: 2 });
    expect(Object.keys((await facts()).users)).toEqual(['kim']);
    expect((await links()).map(({ key, state }) => [key, state]).toSorted()).toEqual([
      ['Sales', 'tombstone'],
      ['jane', 'tombstone'],
      ['kim', 'live'],
    ]);
  });

  test('and comes back, is somebody new with a key of the same name', async () => {
    const { submit, links, named } = await useBases();
    await submit(baseOf({ users: [{ id: '7', ...jane }] }));
    await submit(baseOf({}));
    const { record } = await submit(baseOf({ users: [{ id: '7', ...jane }] }));
    const { id } = (await named('jane')) ?? {};
    expect(id).not.toBe('7');
    expect((await links()).map((one) => [one.id, one.key, one.state]).toSorted()).toEqual(
      [
        ['7', '7', 'tombstone'],
        [id, '7', 'live'],
      ].toSorted(),
    );
    expect(record.generation).toBe(3);
  });

  test('stands when SCIM made it after the extraction began', async () => {
    const { submit, named, scim, bases } = await useBases();
    await submit(baseOf({ users: [kim] }));
    const { asOf } = await bases.begin();
    const id = await scim.create('User', { userName: 'jane' }, 'jane');
    expect((await submit(baseOf({ users: [kim] }), { asOf })).drifts).toEqual([]);
    expect((await named('jane'))?.id).toBe(id);
  });
});

describe('drift: we were told that it was applied, and the base does not show it', () => {
  test('is reported once, and taken from the next base that confirms it', async () => {
    const { submit, facts, scim, named, bases } = await useBases();
    const payload = baseOf({ users: [jane, kim], groups: [{ name: 'Sales' }] });
    await submit(payload);
    const ids = { jane: (await named('jane'))?.id ?? '', sales: (await named('Sales'))?.id ?? '' };
    await scim.set('User', ids.jane, { title: 'Boss' });
    await scim.add(ids.sales, ids.jane);
    const lost = await scim.create('User', { userName: 'lost' }, 'lost');
    const reported = await submit(payload);
    expect(reported.changes).toEqual(none);
    expect(reported.drifts).toEqual(
      [
        { kind: 'Group', id: ids.sales, fact: `member:${ids.jane}`, generation: 2 },
        { kind: 'User', id: ids.jane, fact: 'title', generation: 2 },
        { kind: 'User', id: lost, fact: 'exists', generation: 2 },
      ].toSorted((left, right) => (`${left.kind}${left.id}` < `${right.kind}${right.id}` ? -1 : 1)),
    );
    expect(await bases.drifts()).toEqual(reported.drifts);
    const confirmed = await submit(payload);
    expect(confirmed.changes).toEqual({ created: 0, updated: 1, deleted: 1, membersAdded: 0, membersRemoved: 1 });
    expect(confirmed.drifts).toEqual([]);
    expect(await facts()).toEqual({
      users: { jane: expect.objectContaining({ title: 'Engineer' }), kim: expect.anything() },
      groups: { Sales: { displayName: 'Sales', members: [] } },
    });
  });

  test('is not confirmed by the same extraction, submitted again', async () => {
    const { submit, scim, named, bases, facts } = await useBases();
    await submit(baseOf({ users: [jane] }));
    await scim.set('User', (await named('jane'))?.id ?? '', { title: 'Boss' });
    const { asOf } = await bases.begin();
    const first = await submit(baseOf({ users: [jane] }), { asOf });
    const again = await submit(baseOf({ users: [jane] }), { asOf });
    expect([again.changes, again.drifts]).toEqual([none, first.drifts]);
    expect(again.record).toEqual({ ...first.record, generation: 3, acceptedAt: expect.any(String) });
    expect(await facts()).toMatchObject({ users: { jane: { title: 'Boss' } } });
  });

  test('is over when a base shows it', async () => {
    const { submit, scim, named, bases } = await useBases();
    await submit(baseOf({ users: [jane] }));
    await scim.set('User', (await named('jane'))?.id ?? '', { title: 'Boss' });
    await submit(baseOf({ users: [jane] }));
    expect((await submit(baseOf({ users: [titled('jane', 'Boss')] }))).changes).toEqual(none);
    expect(await bases.drifts()).toEqual([]);
  });
});

test('an account that an open intent is making is not made a second time', async () => {
  const { submit, scim, bases, named } = await useBases();
  await submit(baseOf({ users: [kim] }));
  const intent = await scim.beginCreate('User', { userName: 'jane' });
  const { notices, changes } = await submit(baseOf({ users: [kim, jane] }));
  expect(notices).toEqual([expect.objectContaining({ code: 'value.taken', key: 'jane' })]);
  expect(changes).toEqual(none);
  expect((await bases.last())?.linking.users).toEqual([(await named('kim'))?.id, null]);
  await scim.finish(intent, 'jane');
  await submit(baseOf({ users: [kim, jane] }));
  expect((await bases.last())?.linking.users).toEqual([(await named('kim'))?.id, intent.resourceId]);
});

test('who is being deleted stays in groups until it is known what came of it', async () => {
  const { submit, scim, named, facts } = await useBases();
  await submit(baseOf({ users: [{ ...jane, groups: ['Sales'] }, kim], groups: [{ name: 'Sales' }] }));
  const intent = await scim.beginDelete('User', (await named('jane'))?.id ?? '');
  const next = baseOf({ users: [jane, { ...kim, groups: ['Sales'] }], groups: [{ name: 'Sales' }] });
  expect((await submit(next)).changes).toEqual({ ...none, membersAdded: 1 });
  expect((await facts()).groups).toMatchObject({ Sales: { members: ['jane', 'kim'] } });
  await scim.finish(intent);
  expect((await facts()).groups).toMatchObject({ Sales: { members: ['kim'] } });
});

test('an open intent keeps its resource as it is, whatever the base says', async () => {
  const { submit, facts, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [jane, kim] }));
  const intent = await scim.begin('User', (await named('jane'))?.id ?? '', { title: 'Boss' });
  const { changes, drifts } = await submit(baseOf({ users: [titled('kim', 'Boss')] }));
  expect([changes, drifts]).toEqual([{ ...none, updated: 1 }, []]);
  await scim.finish(intent);
  expect(await facts()).toMatchObject({ users: { jane: { title: 'Boss' }, kim: { title: 'Boss' } } });
  // The base before did not show it either: it has to be confirmed.
  expect((await submit(baseOf({ users: [titled('kim', 'Boss')] }))).drifts).toMatchObject([{ fact: 'exists' }]);
  expect((await submit(baseOf({ users: [titled('kim', 'Boss')] }))).changes).toMatchObject({ deleted: 1 });
  expect(await bases.drifts()).toEqual([]);
});
