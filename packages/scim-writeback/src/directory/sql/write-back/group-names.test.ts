import { describe, expect, test } from 'vitest';
import { baseOf, titled, useBases } from '../../../base/test-bases.ts';

const ops = { name: 'Ops' };
const jane = (...groups: string[]) => titled('jane', 'Clerk', { groups });

/** Of groups, the names with those of their members. */
async function membersByName({ facts }: Pick<Awaited<ReturnType<typeof useBases>>, 'facts'>) {
  return Object.entries((await facts()).groups).map(([name, group]) => [
    name,
    (group as { members: string[] }).members,
  ]);
}

describe('where names are keys, a base that has a group by the name that SCIM is about to give', () => {
  test.each([undefined, 'Sales'])(
    'does not make a second one beside that which is created (native id %s)',
    async (nativeId) => {
      const { submit, scim, bases, named, ...store } = await useBases();
      await submit(baseOf({ users: [jane()], groups: [ops] }));
      const intent = await scim.beginCreate('Group', { displayName: 'SALES' });
      const after = baseOf({ users: [jane('Sales')], groups: [ops, { name: 'Sales' }] });
      const { notices, changes } = await submit(after);
      expect(notices).toEqual([expect.objectContaining({ code: 'link.ambiguous', kind: 'Group', key: 'Sales' })]);
      expect(changes).toMatchObject({ created: 0, membersAdded: 0 });
      await scim.finish(intent, nativeId);
      // It is told from then on, with what the application says of it.
      expect(await submit(after)).toMatchObject({ notices: [], drifts: [], changes: { created: 0, membersAdded: 1 } });
      expect((await bases.last())?.linking.groups[1]).toBe(intent.resourceId);
      expect(await membersByName(store)).toEqual([
        ['Ops', []],
        ['Sales', ['jane']],
      ]);
      const revision = await store.revision();
      await submit(after);
      expect(await store.revision()).toBe(revision);
    },
  );

  test('does not make a second one beside that which is renamed', async () => {
    const { submit, scim, bases, named, ...store } = await useBases();
    await submit(baseOf({ users: [jane('Ops')], groups: [ops] }));
    const id = (await named('Ops'))?.id ?? '';
    const intent = await scim.begin('Group', id, { displayName: 'Sales' });
    const after = baseOf({ users: [jane('Sales')], groups: [{ name: 'Sales' }] });
    await submit(after);
    await scim.finish(intent);
    expect(await submit(after)).toMatchObject({ notices: [], drifts: [] });
    expect((await bases.last())?.linking.groups).toEqual([id]);
    expect(await membersByName(store)).toEqual([['Sales', ['jane']]]);
  });
});

test('where ids are keys, a group that has the name of one that is being made is one of its own once that is known', async () => {
  const { submit, scim, ...store } = await useBases();
  await submit(baseOf({ groups: [{ id: '1', ...ops }] }));
  const intent = await scim.beginCreate('Group', { displayName: 'Sales' });
  const after = baseOf({
    groups: [
      { id: '1', ...ops },
      { id: '2', name: 'Sales' },
    ],
  });
  expect(await submit(after)).toMatchObject({
    changes: { created: 0 },
    notices: [{ code: 'link.ambiguous', key: '2' }],
  });
  await scim.finish(intent, '3');
  expect(await submit(after)).toMatchObject({ changes: { created: 1 }, notices: [] });
  expect(await membersByName(store)).toHaveLength(3);
});
