import { describe, expect, test } from 'vitest';
import { baseOf, titled, useBases } from './test-bases.ts';

const jane = titled('jane', 'Engineer');
const kim = titled('kim', 'Clerk');

describe('renamed', () => {
  test('in SCIM and in the base at once: what SCIM said since the extraction began stands', async () => {
    const { submit, scim, bases, facts } = await useBases();
    await submit(baseOf({ users: [{ id: '7', ...jane }] }));
    const { asOf } = await bases.begin();
    await scim.set('User', '7', { userName: 'jane.scim' }, '7');
    await submit(baseOf({ users: [{ id: '7', ...titled('jane.csv', 'Engineer') }] }), { asOf });
    expect(Object.keys((await facts()).users)).toEqual(['jane.scim']);
    // The application had the last word, and says so twice.
    const last = baseOf({ users: [{ id: '7', ...titled('jane.csv', 'Engineer') }] });
    expect((await submit(last)).drifts).toMatchObject([{ fact: 'userName' }]);
    await submit(last);
    expect(Object.keys((await facts()).users)).toEqual(['jane.csv']);
  });

  test('in SCIM, in a base that is keyed by names: it is the same one under the new key', async () => {
    const { submit, scim, named, bases, links } = await useBases();
    await submit(baseOf({ users: [jane, kim] }));
    const id = (await named('jane'))?.id ?? '';
    await scim.set('User', id, { userName: 'jane.doe' });
    const { changes } = await submit(baseOf({ users: [titled('jane.doe', 'Engineer'), kim] }));
    expect(changes).toMatchObject({ created: 0, deleted: 0 });
    expect((await bases.last())?.linking.users[0]).toBe(id);
    expect((await links()).find((one) => one.id === id)).toMatchObject({ key: 'jane', nativeId: 'jane.doe' });
  });

  test('in SCIM, in a base that is keyed by names and was extracted before', async () => {
    const { submit, scim, bases, facts } = await useBases();
    await submit(baseOf({ users: [kim] }));
    const id = await scim.create('User', { userName: 'jane', active: true, title: 'Engineer' }, 'jane');
    await submit(baseOf({ users: [kim, jane] }));
    const { asOf } = await bases.begin();
    await scim.set('User', id, { userName: 'jane.doe' }, 'jane.doe');
    const { changes } = await submit(baseOf({ users: [kim, jane] }), { asOf });
    expect(changes).toMatchObject({ created: 0, deleted: 0 });
    expect((await bases.last())?.linking.users[1]).toBe(id);
    await submit(baseOf({ users: [kim, titled('jane.doe', 'Engineer')] }));
    expect((await bases.last())?.linking.users[1]).toBe(id);
    expect(Object.keys((await facts()).users).toSorted()).toEqual(['jane.doe', 'kim']);
  });

  test('in a circle: names change hands', async () => {
    const { submit, facts, links } = await useBases();
    const rows = (...names: readonly string[]) =>
      baseOf({ users: names.map((name, index) => ({ id: String(index), ...titled(name, `title ${index}`) })) });
    await submit(rows('a', 'b', 'c', 'd'));
    const { notices, changes } = await submit(rows('b', 'c', 'a', 'e'));
    expect([notices, changes.updated]).toEqual([[], 4]);
    expect((await facts()).users).toMatchObject({
      a: { title: 'title 2' },
      b: { title: 'title 0' },
      c: { title: 'title 1' },
      e: { title: 'title 3' },
    });
    // And all are taken: nobody else gets one of them.
    expect((await submit(rows('b', 'c', 'a', 'e', 'A'))).notices).toMatchObject([{ code: 'value.taken', key: '4' }]);
    expect((await links()).map(({ key }) => key).toSorted()).toEqual(['0', '1', '2', '3']);
  });

  test('to the name of somebody who keeps it: all else is taken', async () => {
    const { submit, scim, facts } = await useBases();
    await submit(
      baseOf({
        users: [
          { id: '1', ...jane },
          { id: '2', ...titled('kim', 'Clerk', { is_active: false }) },
        ],
      }),
    );
    await scim.create('User', { userName: 'taken' }, '3');
    const { notices, changes } = await submit(
      baseOf({
        users: [
          { id: '1', ...titled('TAKEN', 'Boss', { is_active: false }) },
          { id: '2', ...titled('Taken', 'Clerk') },
          { id: '3', ...titled('taken', 'x') },
        ],
      }),
    );
    expect(notices.map(({ code, key }) => [code, key])).toEqual([
      ['value.taken', '1'],
      ['value.taken', '2'],
    ]);
    expect(changes).toMatchObject({ updated: 3 });
    expect((await facts()).users).toMatchObject({
      jane: { active: 'false', title: 'Boss' },
      kim: { active: 'true', title: 'Clerk' },
    });
  });

  test('to the name of somebody who keeps it: only that is left out', async () => {
    const { submit, scim, facts } = await useBases();
    await submit(
      baseOf({
        users: [
          { id: '1', ...jane },
          { id: '2', ...kim },
        ],
      }),
    );
    await scim.create('User', { userName: 'taken' }, '3');
    const { notices } = await submit(
      baseOf({
        users: [
          { id: '1', ...titled('taken', 'Boss') },
          { id: '2', ...titled('jane', 'Clerk') },
        ],
      }),
    );
    expect(notices.map(({ code, key }) => [code, key])).toEqual([
      ['value.taken', '1'],
      ['value.taken', '2'],
    ]);
    expect(Object.keys((await facts()).users).toSorted()).toEqual(['jane', 'kim', 'taken']);
  });
});

test('a name that SCIM has taken from one and given to another is that of the other, in a base that is keyed by names', async () => {
  const { submit, scim, named, bases, revision } = await useBases();
  await submit(baseOf({ users: [kim] }));
  const first = (await named('kim'))?.id ?? '';
  await scim.set('User', first, { userName: 'jane' });
  const second = await scim.create('User', { userName: 'Kim', active: true, title: 'Boss' });
  const before = await revision();
  await submit(baseOf({ users: [titled('jane', 'Clerk'), titled('Kim', 'Boss')] }));
  expect((await bases.last())?.linking.users).toEqual([first, second]);
  expect(await revision()).toBe(before);
});

test('names of a chain that the application has not renamed yet stay with whom they were', async () => {
  const { submit, scim, named, bases, revision } = await useBases();
  const base = baseOf({ users: [jane, kim, titled('Bo', 'Boss')] });
  await submit(base);
  const ids = (await bases.last())?.linking.users;
  for (const [from, to] of [
    ['jane', 'renamed'],
    ['kim', 'jane'],
    ['Bo', 'KIM'],
  ] as const) {
    await scim.set('User', (await named(from))?.id ?? '', { userName: to });
  }
  const before = await revision();
  await submit(base);
  expect([(await bases.last())?.linking.users, await revision()]).toEqual([ids, before]);
  // And once it has, the names are theirs.
  await submit(baseOf({ users: [titled('renamed', 'Engineer'), titled('jane', 'Clerk'), titled('kim', 'Boss')] }));
  expect((await bases.last())?.linking.users).toEqual(ids);
});

test('a name that passed from one to another since the extraction began is neither one', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [jane] }));
  const first = (await named('jane'))?.id ?? '';
  const { asOf } = await bases.begin();
  await scim.set('User', first, { userName: 'bo' });
  // Here the base is read.
  await scim.set('User', first, { userName: 'jane' });
  const second = await scim.create('User', { userName: 'Bo' }, 'Bo');
  const group = await scim.create('Group', { displayName: 'jane' });
  const { notices, changes } = await submit(baseOf({ users: [titled('bo', 'Engineer')] }), { asOf });
  expect([notices.map(({ code }) => code), changes]).toMatchObject([['link.ambiguous'], { created: 0, deleted: 0 }]);
  expect((await bases.last())?.linking.users).toEqual([null]);
  // Once it is read again, it is known.
  await submit(baseOf({ users: [jane, titled('Bo', 'Clerk')], groups: [{ name: 'jane' }] }));
  expect((await bases.last())?.linking).toMatchObject({ users: [first, second], groups: [group] });
});

test('who has had another name since the extraction began has the row of that name, not one of the name of old', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [jane] }));
  const first = (await named('jane'))?.id ?? '';
  await scim.set('User', first, { userName: 'zoe' });
  const { asOf } = await bases.begin();
  const second = await scim.create('User', { userName: 'jane' });
  // Here the base is read.
  await scim.set('User', first, { userName: 'kim' });
  const { notices } = await submit(baseOf({ users: [titled('jane', 'Boss'), titled('zoe', 'Engineer')] }), { asOf });
  expect([notices, (await bases.last())?.linking.users]).toEqual([[], [second, first]]);
});

test('a name that another one got since the extraction began is not for sure that of who gave it up before', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [jane, kim] }));
  const [first = '', third] = [(await named('jane'))?.id, (await named('kim'))?.id];
  await scim.set('User', first, { userName: 'zoe' });
  // In the application, zoe is gone.
  const { asOf } = await bases.begin();
  const second = await scim.create('User', { userName: 'jane' });
  const next = baseOf({ users: [titled('jane', 'Boss'), kim] });
  expect((await submit(next, { asOf })).notices).toMatchObject([{ code: 'link.ambiguous', key: 'jane' }]);
  await submit(next);
  expect((await bases.last())?.linking.users).toEqual([second, third]);
});

test('a native id that the adapter told is not doubted because of a name', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [kim] }));
  const first = (await named('kim'))?.id ?? '';
  await scim.set('User', first, { userName: 'jane' });
  await scim.create('User', { userName: 'Kim' }, 'native-kim');
  const { changes, drifts } = await submit(baseOf({ users: [kim] }));
  expect(changes.deleted).toBe(0);
  expect((await bases.last())?.linking.users).toEqual([first]);
  expect(drifts.map(({ fact }) => fact).toSorted()).toEqual(['exists', 'userName']);
});

test('a base that is the same as before changes nothing, though SCIM has given the name of somebody to another', async () => {
  const { submit, scim, named, bases, facts, revision } = await useBases();
  const base = baseOf({ users: [{ ...kim, groups: ['Ops'] }], groups: [{ name: 'Ops' }] });
  await submit(base);
  const first = (await named('kim'))?.id ?? '';
  await scim.set('User', first, { userName: 'jane' });
  const second = await scim.create('User', { userName: 'Kim' });
  const [before, known] = [await revision(), await facts()];
  const { drifts } = await submit(base);
  expect([await revision(), await facts()]).toEqual([before, known]);
  expect(
    drifts.map(({ id, fact }) => `${id === first ? 'first' : id === second ? 'second' : 'Ops'} ${fact}`).toSorted(),
  ).toEqual([`Ops member:${second}`, 'first exists', 'second active', 'second title', 'second userName']);
  // The application says so twice: whoever has the name is whom it has.
  await submit(base);
  expect((await bases.last())?.linking.users).toEqual([second]);
  expect(await facts()).toMatchObject({ users: { kim: { title: 'Clerk' } }, groups: { Ops: { members: ['kim'] } } });
});

test('who has a name of a chain, and is not as the one before was, is somebody new', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [titled('a', 'Engineer'), titled('c', 'Clerk')] }));
  const [a = '', c = ''] = [(await named('a'))?.id, (await named('c'))?.id];
  await scim.set('User', c, { userName: 'd' });
  await scim.set('User', a, { userName: 'c' });
  // In the application, d is gone, and another a was hired.
  const { changes } = await submit(baseOf({ users: [titled('a', 'Boss'), titled('c', 'Engineer')] }));
  expect(changes).toMatchObject({ created: 1, deleted: 1 });
  expect((await bases.last())?.linking.users).toEqual([expect.not.stringMatching(`${a}|${c}`), a]);
});

test('a row that is not as before takes nothing from whoever has its name now, before a base says so twice', async () => {
  const { submit, scim, named, plain } = await useBases();
  await submit(baseOf({ users: [{ ...jane, groups: ['Sales'] }], groups: [{ name: 'Sales' }] }));
  const [first = '', sales = ''] = [(await named('jane'))?.id, (await named('Sales'))?.id];
  await scim.set('User', first, { userName: 'jane2' });
  const second = await scim.create('User', { userName: 'jane' });
  await scim.add(sales, second);
  const next = baseOf({ users: [jane], groups: [{ name: 'Sales' }] });
  expect((await submit(next)).changes.membersRemoved).toBe(0);
  expect((await plain.members(sales, undefined, 10)).map(({ id }) => id)).toContain(second);
});

test('in a base that is keyed by names, the key of somebody who had another name in an earlier one is not theirs any more', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [kim] }));
  const first = (await named('kim'))?.id ?? '';
  await scim.set('User', first, { userName: 'jane' });
  await submit(baseOf({ users: [titled('jane', 'Chief')] }));
  // Fired out of band, and being deleted.
  await scim.beginDelete('User', first);
  await submit(baseOf({ users: [] }));
  const second = await scim.create('User', { userName: 'kim' });
  await submit(baseOf({ users: [titled('kim', 'New')] }));
  expect((await bases.last())?.linking.users).toEqual([second]);
});

test('in a base that is keyed by names, whom an ambiguous row left out of the last one is known by the name that SCIM gave since', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [titled('bo', 'Clerk'), kim] }));
  const [first = '', second = ''] = [(await named('bo'))?.id, (await named('kim'))?.id];
  await scim.set('User', second, { userName: 'jane' });
  // jane is fired out of band.
  const { asOf } = await bases.begin();
  await scim.set('User', first, { userName: 'kim' });
  const next = baseOf({ users: [titled('kim', 'Clerk')] });
  await bases.submit(next, { asOf, actor: 'connector' });
  expect((await bases.last())?.linking.users).toEqual([null]);
  await submit(next);
  expect((await bases.last())?.linking.users).toEqual([first]);
});

test('in a base that is keyed by names, whoever is hired under the old name of one of a chain of renames is not that one', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [jane, kim] }));
  const [first = '', second = ''] = [(await named('jane'))?.id, (await named('kim'))?.id];
  const { asOf } = await bases.begin();
  await scim.set('User', second, { userName: 'bo' });
  await scim.set('User', first, { userName: 'kim' });
  const next = baseOf({ users: [titled('kim', 'Engineer'), titled('bo', 'Clerk'), titled('jane', 'Boss')] });
  await submit(next, { asOf });
  expect((await bases.last())?.linking.users).toEqual([null, null, null]);
  await submit(next);
  expect((await bases.last())?.linking.users).toEqual([first, second, expect.not.stringMatching(`${first}|${second}`)]);
});
