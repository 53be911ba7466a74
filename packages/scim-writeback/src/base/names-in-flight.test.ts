import { describe, expect, test } from 'vitest';
import { baseOf, titled, useBases } from './test-bases.ts';

const jane = titled('jane', 'Engineer');
const kim = titled('kim', 'Clerk');

describe('a rename whose end is not known, in a base that is keyed by names', () => {
  /** Jane is being renamed to bo when a base has both names. */
  async function renaming() {
    const acme = await useBases();
    await acme.submit(baseOf({ users: [jane, kim] }));
    const id = (await acme.named('jane'))?.id ?? '';
    const intent = await acme.scim.begin('User', id, { userName: 'Bo' });
    const both = baseOf({ users: [titled('bo', 'Engineer'), kim, titled('Jane', 'Boss')] });
    return { ...acme, id, intent, both };
  }

  test('leaves open who has the old name and who the new one', async () => {
    const { submit, bases, both, revision, id } = await renaming();
    const before = await revision();
    const { notices, drifts } = await submit(both);
    expect(notices).toMatchObject([
      { code: 'link.ambiguous', key: 'bo' },
      { code: 'link.ambiguous', key: 'Jane' },
    ]);
    expect([await revision(), drifts]).toEqual([before, []]);
    expect((await bases.last())?.linking.users).toEqual([null, expect.not.stringMatching(id), null]);
  });

  test('that was done: the new name is the one, and who has the old one is somebody else', async () => {
    const { submit, bases, both, scim, intent, id, links } = await renaming();
    await submit(both);
    await scim.finish(intent);
    expect((await submit(both)).changes).toMatchObject({ created: 1, deleted: 0 });
    const [bo, , next] = (await bases.last())?.linking.users ?? [];
    expect([bo, next]).toEqual([id, expect.not.stringMatching(id)]);
    expect((await links()).find((one) => one.id === id)).toMatchObject({ key: 'jane', nativeId: 'bo' });
  });

  test('that was refused: the old name is the one, and who has the new one is somebody else', async () => {
    const { submit, bases, both, directory, plain, intent, id } = await renaming();
    await submit(both);
    await directory.intents(plain.organization).refuse(intent, { kind: 'conflict', reason: 'Taken.' });
    await submit(both);
    const [bo, , old] = (await bases.last())?.linking.users ?? [];
    expect([bo, old]).toEqual([expect.not.stringMatching(id), id]);
  });

  test('of somebody whom no base has shown yet leaves both open, too', async () => {
    const { submit, scim, bases } = await useBases();
    await submit(baseOf({ users: [kim] }));
    const id = await scim.create('User', { userName: 'jane' });
    const intent = await scim.begin('User', id, { userName: 'bo' });
    const both = baseOf({ users: [titled('bo', 'Engineer'), kim, titled('jane', 'Boss')] });
    await submit(both);
    expect((await bases.last())?.linking.users).toEqual([null, expect.any(String), null]);
    await scim.finish(intent);
    await submit(both);
    expect((await bases.last())?.linking.users[0]).toBe(id);
  });

  test('has the old name as long as there is no row of the new one', async () => {
    const { submit, bases, id } = await renaming();
    expect((await submit(baseOf({ users: [jane, kim] }))).notices).toEqual([]);
    expect((await bases.last())?.linking.users[0]).toBe(id);
  });

  test('of a group does not become a second group of the new name', async () => {
    const { submit, named, scim, plain, bases } = await useBases();
    await submit(baseOf({ groups: [{ name: 'Sales' }] }));
    const id = (await named('Sales'))?.id ?? '';
    const intent = await scim.begin('Group', id, { displayName: 'Dev' });
    const next = baseOf({ groups: [{ name: 'Dev' }] });
    expect((await submit(next)).notices).toMatchObject([{ code: 'link.ambiguous', key: 'Dev' }]);
    expect(await plain.get('Group', id)).toBeDefined();
    await scim.finish(intent);
    expect((await submit(next)).changes).toMatchObject({ created: 0, deleted: 0 });
    expect((await bases.last())?.linking.groups).toEqual([id]);
  });

  test('of one whose new name is in another case only is no matter', async () => {
    const { submit, named, scim, bases } = await useBases();
    await submit(baseOf({ users: [jane] }));
    const id = (await named('jane'))?.id ?? '';
    await scim.begin('User', id, { userName: 'Jane' });
    expect((await submit(baseOf({ users: [titled('Jane', 'Engineer')] }))).notices).toEqual([]);
    expect((await bases.last())?.linking.users).toEqual([id]);
  });
});

describe('a name that somebody gave up and another is about to get', () => {
  /** Kim has been bo; the row of bo may be kim's, or that of whoever gets the name. */
  async function givenUp() {
    const acme = await useBases();
    await acme.submit(baseOf({ users: [jane, titled('bo', 'Clerk')] }));
    const kimId = (await acme.named('bo'))?.id ?? '';
    const { asOf } = await acme.bases.begin();
    await acme.scim.set('User', kimId, { userName: 'kim2' });
    return { ...acme, asOf, kimId };
  }

  test.each(['renamed', 'made'])('is left open while that one is being %s', async (way) => {
    const { submit, scim, bases, named, asOf, kimId, plain } = await givenUp();
    if (way === 'made') await scim.beginCreate('User', { userName: 'bo' });
    else await scim.begin('User', (await named('jane'))?.id ?? '', { userName: 'bo' });
    const next = baseOf({ users: [titled('bo', 'Chief'), titled('zoe', 'Clerk')] });
    const { notices } = await submit(next, { asOf });
    expect(notices).toMatchObject([{ code: 'link.ambiguous', key: 'bo' }]);
    expect((await bases.last())?.linking.users[0]).toBeNull();
    expect((await plain.get('User', kimId))?.attributes).toMatchObject({ userName: 'kim2', title: 'Clerk' });
  });

  test('leaves the row of the old name open, too, where the row of the new one is that of somebody deleted', async () => {
    const { submit, scim, bases, named } = await useBases();
    await submit(baseOf({ users: [jane, titled('bo', 'Clerk')] }));
    const { asOf } = await bases.begin();
    await scim.delete('User', (await named('bo'))?.id ?? '');
    await scim.begin('User', (await named('jane'))?.id ?? '', { userName: 'bo' });
    const { notices } = await submit(baseOf({ users: [titled('bo', 'Clerk'), titled('jane', 'Boss')] }), { asOf });
    expect(notices.map(({ code }) => code).toSorted()).toEqual(['link.ambiguous', 'link.swallowed']);
  });
});

describe('a name of somebody who was deleted since the extraction began', () => {
  const before = baseOf({ users: [jane, kim] });

  test.each(['while', 'before'])(
    'that another one got %s it ran: the row is left open, and nobody is gone',
    async (when) => {
      const { submit, scim, bases, named } = await useBases();
      await submit(before);
      const [first = '', second = ''] = [(await named('jane'))?.id, (await named('kim'))?.id];
      if (when === 'before') {
        await scim.set('User', first, { userName: 'zoe' });
        await scim.set('User', second, { userName: 'jane' });
      }
      const { asOf } = await bases.begin();
      await scim.delete('User', first);
      if (when === 'while') await scim.set('User', second, { userName: 'jane' });
      const next = baseOf({ users: [titled('jane', 'Clerk')] });
      const { notices, changes } = await submit(next, { asOf });
      expect([notices.map(({ code }) => code), changes.deleted]).toEqual([['link.ambiguous'], 0]);
      expect((await submit(next)).changes).toMatchObject({ created: 0, updated: 0, deleted: 0 });
      expect((await bases.last())?.linking.users).toEqual([second]);
    },
  );

  test('that another one got, who has a row of the own old name: the row is swallowed', async () => {
    const { submit, scim, bases, named } = await useBases();
    await submit(before);
    const [first = '', second = ''] = [(await named('jane'))?.id, (await named('kim'))?.id];
    const { asOf } = await bases.begin();
    await scim.delete('User', first);
    await scim.set('User', second, { userName: 'jane' });
    const { notices } = await submit(baseOf({ users: [jane, titled('kim', 'Chief')] }), { asOf });
    expect(notices).toMatchObject([{ code: 'link.swallowed', key: 'jane' }]);
    expect((await bases.last())?.linking.users).toEqual([first, second]);
  });
});

test('a base with ids says who it is, whatever is being renamed', async () => {
  const { submit, scim, bases } = await useBases();
  await submit(baseOf({ users: [{ id: '7', ...jane }] }));
  await scim.begin('User', '7', { userName: 'bo' });
  const next = baseOf({
    users: [
      { id: '7', ...titled('bo', 'Engineer') },
      { id: '8', ...titled('jane', 'Boss') },
    ],
  });
  await submit(next);
  expect((await bases.last())?.linking.users[0]).toBe('7');
});

test('where rows have ids, who is being renamed before a base has shown them is not taken for whoever is hired under the old name', async () => {
  const { submit, scim, named, bases } = await useBases();
  await submit(baseOf({ users: [{ id: '9', ...titled('bo', 'Clerk') }] }));
  const first = await scim.create('User', { userName: 'jane' });
  const intent = await scim.begin('User', first, { userName: 'kim' });
  // Done in the application, and 2 is hired as jane there.
  await submit(
    baseOf({
      users: [
        { id: '9', ...titled('bo', 'Clerk') },
        { id: '1', ...kim },
        { id: '2', ...jane },
      ],
    }),
  );
  await scim.finish(intent);
  const ids = (await bases.last())?.linking.users ?? [];
  expect(ids[2]).not.toBe(first);
  expect((await named('kim'))?.id).toBe(first);
});

test('where rows have ids, a group that is being renamed before a base has shown it is not made a second time', async () => {
  const { submit, scim, bases } = await useBases();
  await submit(baseOf({ groups: [] }));
  const first = await scim.create('Group', { displayName: 'Sales' });
  const intent = await scim.begin('Group', first, { displayName: 'Dev' });
  await submit(baseOf({ groups: [{ id: '1', name: 'Dev' }] }));
  expect([null, first]).toContain((await bases.last())?.linking.groups[0]);
  await scim.finish(intent);
  await submit(baseOf({ groups: [{ id: '1', name: 'Dev' }] }));
  expect((await bases.last())?.linking.groups).toEqual([first]);
});

test('a group that is being made is not made a second time by a base that shows it', async () => {
  const { submit, scim, bases, plain } = await useBases();
  await submit(baseOf({ groups: [] }));
  const intent = await scim.beginCreate('Group', { displayName: 'Sales' });
  const next = baseOf({ groups: [{ id: '1', name: 'Sales' }] });
  await submit(next);
  await scim.finish(intent);
  await submit(next);
  expect((await bases.last())?.linking.groups).toEqual([intent.resourceId]);
  expect(
    (await plain.list('Group', { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 9 } }))
      .resources,
  ).toHaveLength(1);
});
