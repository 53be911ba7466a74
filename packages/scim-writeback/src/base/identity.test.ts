import { describe, expect, test } from 'vitest';
import { baseOf, titled, useBases } from './test-bases.ts';

const jane = titled('jane', 'Engineer');
const kim = titled('kim', 'Clerk');

describe('who a row is', () => {
  test('is said by the native id that the adapter told, under whatever name', async () => {
    const { submit, scim, bases, facts } = await useBases();
    await submit(baseOf({ users: [{ id: '1', ...kim }] }));
    const id = await scim.create('User', { userName: 'jane', active: true, title: 'Engineer' }, '2');
    const { drifts, changes } = await submit(
      baseOf({
        users: [
          { id: '1', ...kim },
          { id: '2', ...titled('jane.doe', 'Engineer') },
        ],
      }),
    );
    expect([changes.updated, changes.created, drifts]).toEqual([1, 0, []]);
    expect((await bases.last())?.linking).toEqual({ users: ['1', id], groups: [] });
    expect(Object.keys((await facts()).users).toSorted()).toEqual(['jane.doe', 'kim']);
  });

  test('is not a name that somebody else has: both are published apart, and nothing else stops', async () => {
    const { submit, scim, bases, named } = await useBases();
    await submit(baseOf({ users: [{ id: '1', ...kim }] }));
    const id = await scim.create('User', { userName: 'jane', active: true, title: 'Boss' }, '2');
    const rows = [
      { id: '1', ...titled('kim', 'Boss') },
      { id: '2', ...titled('jane', 'Boss') },
      { id: '3', ...titled('JANE', 'Intern') },
    ];
    const { notices, changes } = await submit(baseOf({ users: rows }));
    expect(notices).toEqual([expect.objectContaining({ code: 'value.taken', kind: 'User', key: '3' })]);
    expect(changes).toMatchObject({ created: 0, updated: 1 });
    expect((await bases.last())?.linking.users).toEqual(['1', id, null]);
    expect((await named('jane'))?.attributes.title).toBe('Boss');
    // As soon as the name is free, the row is absorbed.
    await submit(baseOf({ users: rows.filter((row) => row.id !== '2') }));
    expect((await bases.last())?.linking.users).toEqual(['1', '3']);
  });

  test('is ambiguous where several could be it on first contact', async () => {
    const { submit, scim, bases } = await useBases();
    const ids = [
      await scim.create('Group', { displayName: 'Sales' }),
      await scim.create('Group', { displayName: 'sales' }),
      await scim.create('Group', { displayName: 'Legal' }),
    ];
    const { notices } = await submit(
      baseOf({
        groups: [
          { id: 'a', name: 'Sales' },
          { id: 'b', name: 'Legal' },
          { id: 'c', name: 'New' },
        ],
      }),
    );
    expect(notices).toEqual([expect.objectContaining({ code: 'link.ambiguous', kind: 'Group', key: 'a' })]);
    expect((await bases.last())?.linking.groups).toEqual([null, ids[2], 'c']);
    // Both are published, so neither is given up, however often the base says the same.
    for (let round = 0; round < 3; round += 1) {
      const { changes, drifts } = await submit(
        baseOf({
          groups: [
            { id: 'a', name: 'Sales' },
            { id: 'b', name: 'Legal' },
            { id: 'c', name: 'New' },
          ],
        }),
      );
      expect([changes.deleted, drifts]).toEqual([0, []]);
    }
  });

  test('is said by an e-mail address where only one on each side has it', async () => {
    const { submit, scim, bases } = await useBases();
    const emails = [{ value: 'jane@example.com', type: 'work' }];
    const id = await scim.create('User', { userName: 'jane@example.com', emails });
    const team = [{ value: 'team@example.com' }];
    await scim.create('User', { userName: 'a', emails: team });
    await scim.create('User', { userName: 'b', emails: team });
    const { notices } = await submit(
      baseOf({
        users: [
          { id: '1', ...titled('jdoe', 'x', { email: 'Jane@example.com' }) },
          { id: '2', ...titled('c', 'x', { email: 'team@example.com' }) },
        ],
      }),
    );
    expect(notices).toEqual([expect.objectContaining({ code: 'link.ambiguous', key: '2' })]);
    expect((await bases.last())?.linking.users).toEqual([id, null]);
  });

  test('is not said by an e-mail address where others may be it by their names', async () => {
    const { submit, scim, bases, named } = await useBases();
    await submit(baseOf({ users: [{ id: '1', ...kim }] }));
    const id = await scim.create('User', { userName: 'jane', emails: [{ value: 'jane@example.com' }] });
    const sharing = { id: '4', ...titled('joe', 'x', { email: 'jane@example.com' }) };
    const one = { id: '2', ...titled('jane', 'x') };
    const { notices } = await submit(
      baseOf({ users: [{ id: '1', ...kim }, one, { id: '3', ...titled('JANE', 'x') }, sharing] }),
    );
    expect(notices.map(({ code, key }) => [code, key])).toEqual([
      ['link.ambiguous', '2'],
      ['link.ambiguous', '3'],
      ['link.ambiguous', '4'],
    ]);
    expect((await bases.last())?.linking.users).toEqual(['1', null, null, null]);
    expect((await named('jane'))?.id).toBe(id);
    // With one of the name only, it is known, and the other is somebody new.
    await submit(baseOf({ users: [{ id: '1', ...kim }, one, sharing] }));
    expect((await bases.last())?.linking.users).toEqual(['1', id, '4']);
  });

  test('is said by the attributes that are asked for, in their order', async () => {
    const { submit, scim, bases } = await useBases();
    const byName = await scim.create('User', { userName: 'jane' });
    const byEmail = await scim.create('User', { userName: 'joe', emails: [{ value: 'jane@example.com' }] });
    const rows = [{ id: '1', ...titled('jane', 'x', { email: 'jane@example.com' }) }];
    await submit(baseOf({ users: rows }), { link: { users: ['emails', 'userName'] } });
    expect((await bases.last())?.linking.users).toEqual([byEmail]);
    const other = await useBases();
    const jane = await other.scim.create('User', { userName: 'jane' });
    await other.scim.create('User', { userName: 'joe', emails: [{ value: 'jane@example.com' }] });
    await other.submit(baseOf({ users: rows }));
    expect((await other.bases.last())?.linking.users).toEqual([jane]);
    expect(byName).not.toBe(byEmail);
  });

  test('is said by nothing where no attribute is asked for: who has the same name is published apart', async () => {
    const { submit, scim, bases, named } = await useBases();
    const emails = [{ value: 'joe@example.com' }];
    const jane = await scim.create('User', { userName: 'jane' });
    await scim.create('User', { userName: 'joe', emails });
    const team = await scim.create('Group', { displayName: 'Team' });
    const base = baseOf({
      users: [
        { id: '1', ...titled('Jane', 'x') },
        { id: '2', ...titled('jim', 'x', { email: 'joe@example.com' }) },
      ],
      groups: [{ id: 'g', name: 'Team' }],
    });
    for (const _ of ['first', 'second', 'third']) {
      const { notices, changes } = await submit(base, { link: { users: [], groups: [] } });
      expect(notices).toEqual([
        expect.objectContaining({ code: 'link.ambiguous', kind: 'User', key: '1' }),
        expect.objectContaining({ code: 'link.ambiguous', kind: 'Group', key: 'g' }),
      ]);
      // joe was never seen in the application, whose base says so twice; of the others nobody can say.
      expect(changes.deleted).toBeLessThanOrEqual(1);
    }
    const jim = (await named('jim'))?.id;
    expect((await bases.last())?.linking).toEqual({ users: [null, jim], groups: [null] });
    expect([(await named('jane'))?.id, (await named('Team'))?.id, await named('joe')]).toEqual([jane, team, undefined]);
  });

  test('is no question of attributes where the application told the native id', async () => {
    const { submit, scim, bases } = await useBases();
    const jane = await scim.create('User', { userName: 'jane' }, '1');
    await submit(baseOf({ users: [{ id: '1', ...titled('jane.doe', 'x') }] }), { link: { users: [], groups: [] } });
    expect((await bases.last())?.linking.users).toEqual([jane]);
  });

  test('is still the name that is the key, in a base without ids', async () => {
    const { submit, scim, bases, named } = await useBases();
    await submit(baseOf({ users: [jane] }), { link: { users: [] } });
    const id = (await named('jane'))?.id ?? '';
    await scim.set('User', id, { userName: 'jane.doe' });
    const { notices } = await submit(baseOf({ users: [titled('jane.doe', 'x')] }), { link: { users: [] } });
    expect([notices, (await bases.last())?.linking.users]).toEqual([[], [id]]);
  });

  test('is somebody new where the key of old is called otherwise now', async () => {
    const { submit, scim, named, bases, links } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const old = (await named('jane'))?.id ?? '';
    await scim.set('User', old, { userName: 'jane.doe' }, 'jane.doe');
    await submit(baseOf({ users: [titled('jane.doe', 'Engineer')] }));
    await submit(baseOf({ users: [titled('jane.doe', 'Engineer'), titled('jane', 'Intern')] }));
    const now = (await named('jane'))?.id ?? '';
    expect(now).not.toBe(old);
    expect((await bases.last())?.linking.users).toEqual([old, now]);
    expect((await links()).map(({ id, key }) => [id, key]).toSorted()).toEqual(
      [
        [old, 'jane'],
        [now, now],
      ].toSorted(),
    );
  });

  test('is by key somebody whose native id no base has ever shown', async () => {
    const { submit, scim, named, bases } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const id = (await named('jane'))?.id ?? '';
    await scim.set('User', id, { title: 'Boss' }, '4711');
    await submit(baseOf({ users: [titled('jane', 'Boss')] }));
    expect((await bases.last())?.linking.users).toEqual([id]);
  });
});

describe('deleted through SCIM', () => {
  test('and in a base that was extracted before: the row is swallowed', async () => {
    const { submit, scim, named, bases, facts } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const { asOf } = await bases.begin();
    const id = (await named('jane'))?.id ?? '';
    await scim.delete('User', id);
    const { notices, changes } = await submit(baseOf({ users: [jane] }), { asOf });
    expect(notices).toEqual([expect.objectContaining({ code: 'link.swallowed', key: 'jane' })]);
    expect(changes.created).toBe(0);
    expect((await bases.last())?.linking.users).toEqual([id]);
    expect((await facts()).users).toEqual({});
  });

  test('and hired again under the old user name: grants of before are not for the new one', async () => {
    const { submit, scim, named, bases, facts } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const { asOf } = await bases.begin();
    const old = (await named('jane'))?.id ?? '';
    await scim.delete('User', old);
    const again = await scim.create('User', { userName: 'jane', active: true, title: 'Intern' }, 'jane');
    await submit(baseOf({ users: [jane] }), { asOf });
    expect((await bases.last())?.linking.users).toEqual([old]);
    expect((await named('jane'))?.id).toBe(again);
    expect(await facts()).toMatchObject({ users: { jane: { title: 'Intern' } } });
    // A base that was extracted afterwards shows the new one.
    await submit(baseOf({ users: [titled('jane', 'Intern')] }));
    expect((await bases.last())?.linking.users).toEqual([again]);
  });

  test.each([undefined, 'jane'])('the same where no adapter told native ids (%s for the first)', async (nativeId) => {
    const { submit, scim, bases, named } = await useBases();
    await submit(baseOf({ users: [kim] }));
    const old = await scim.create('User', { userName: 'jane' }, nativeId);
    const { asOf } = await bases.begin();
    await scim.delete('User', old);
    const again = await scim.create('User', { userName: 'jane' });
    await submit(baseOf({ users: [kim, jane] }), { asOf });
    expect((await bases.last())?.linking.users).toEqual([(await named('kim'))?.id, old]);
    await submit(baseOf({ users: [kim, jane] }));
    expect((await bases.last())?.linking.users).toEqual([(await named('kim'))?.id, again]);
  });

  test('and in the application again: a new identity', async () => {
    const { submit, scim, named, bases } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const old = (await named('jane'))?.id ?? '';
    await scim.delete('User', old);
    const { changes } = await submit(baseOf({ users: [jane] }));
    expect(changes.created).toBe(1);
    const now = (await named('jane'))?.id;
    expect(now).not.toBe(old);
    expect((await bases.last())?.linking.users).toEqual([now]);
  });

  test('by a service without write-back: the same', async () => {
    const { submit, named, bases, plain, links } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const { asOf } = await bases.begin();
    const old = (await named('jane'))?.id ?? '';
    await plain.delete('User', old, () => undefined, { actor: 'x', requestId: 'x', origin: 'scim' });
    await submit(baseOf({ users: [jane] }), { asOf });
    expect((await bases.last())?.linking.users).toEqual([old]);
    expect(await links()).toMatchObject([{ id: old, state: 'tombstone' }]);
  });
});

test('a deletion of before the first base swallows all rows that have a name of the one who was deleted', async () => {
  const { bases, plain, submit, links } = await useBases();
  const context = { actor: 'x', requestId: 'x', origin: 'scim' } as const;
  const { id } = await plain.create('User', { attributes: { schemas: [], userName: 'jane' } }, context);
  await plain.update('User', id, () => ({ attributes: { schemas: [], userName: 'jane.doe' } }), context);
  await plain.delete('User', id, () => undefined, context);
  const base = baseOf({
    users: [
      { id: '7', ...jane },
      { id: '8', ...titled('jane.doe', 'x') },
    ],
  });
  const { notices } = await bases.submit(base, { actor: 'connector' });
  expect(notices.map(({ code, key }) => [code, key])).toEqual([
    ['link.swallowed', '7'],
    ['link.swallowed', '8'],
  ]);
  expect(await links()).toMatchObject([{ id, state: 'tombstone' }]);
  // A base that was extracted afterwards shows who is there.
  await submit(base);
  expect((await bases.last())?.linking.users).toEqual(['7', '8']);
});

test('an account that somebody made in the application is absorbed, with its memberships', async () => {
  const { submit, facts } = await useBases();
  await submit(baseOf({ users: [jane], groups: [{ name: 'Admins' }] }));
  const { changes } = await submit(
    baseOf({ users: [jane, titled('backdoor', 'x', { groups: ['admins'] })], groups: [{ name: 'Admins' }] }),
  );
  expect(changes).toMatchObject({ created: 1, membersAdded: 1 });
  expect(await facts()).toMatchObject({ groups: { Admins: { members: ['backdoor'] } } });
});

test('a name that no directory can keep is published apart', async () => {
  const { submit, bases } = await useBases();
  const { notices } = await submit(
    baseOf({
      users: [
        { id: '1', ...titled(' ', 'x') },
        { id: '2', ...kim },
      ],
    }),
  );
  expect(notices).toEqual([expect.objectContaining({ code: 'value.unusable', key: '1' })]);
  expect((await bases.last())?.linking.users).toEqual([null, '2']);
});

test('groups that the directory and the base have put into each other do not stop the rest', async () => {
  const { submit, scim, bases, facts } = await useBases();
  const groups = [
    { id: 'a', name: 'A' },
    { id: 'b', name: 'B' },
  ];
  await submit(baseOf({ users: [{ id: '1', ...kim }], groups }));
  const { asOf } = await bases.begin();
  await scim.add('a', 'b');
  const next = baseOf({
    users: [{ id: '1', ...kim, groups: ['b'] }],
    groups: [
      { id: 'a', name: 'A', groups: ['b'] },
      { id: 'b', name: 'B' },
    ],
  });
  const { notices, changes } = await submit(next, { asOf });
  expect(notices).toEqual([expect.objectContaining({ code: 'membership.refused', key: 'b' })]);
  expect(changes.membersAdded).toBe(1);
  expect((await facts()).groups).toMatchObject({ A: { members: ['B'] }, B: { members: ['kim'] } });
});

test('two resources that the application is said to call the same are both kept', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [{ id: '1', ...kim }] }));
  await scim.create('User', { userName: 'jane' }, '1');
  const { notices, changes, drifts } = await submit(baseOf({ users: [{ id: '1', ...kim }] }));
  expect(notices).toEqual([expect.objectContaining({ code: 'link.ambiguous', key: '1' })]);
  expect([changes.deleted, drifts]).toEqual([0, []]);
  expect((await bases.last())?.linking.users).toEqual([null]);
  expect([(await named('kim'))?.id, (await named('jane'))?.kind]).toEqual(['1', 'User']);
});

test('a row whose key is the id of somebody else leaves that one its own', async () => {
  const { submit, plain, links } = await useBases();
  const context = { actor: 'import', requestId: 'r', origin: 'scim' } as const;
  const schemas = ['urn:ietf:params:scim:schemas:core:2.0:User'];
  const made = await Promise.all(
    ['jane', 'kim'].map((userName) => plain.create('User', { attributes: { schemas, userName } }, context)),
  );
  const [first = '', second = ''] = made.map(({ id }) => id);
  await submit(baseOf({ users: [{ id: second, ...titled('jane', 'Engineer') }] }));
  expect((await links()).map(({ id, key, nativeId }) => [id, key, nativeId]).toSorted()).toEqual(
    [
      [first, first, second],
      [second, second, undefined],
    ].toSorted(),
  );
});
