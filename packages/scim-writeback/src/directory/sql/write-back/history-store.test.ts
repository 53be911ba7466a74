import { expect, test } from 'vitest';
import { baseOf, titled, useBases } from '../../../base/test-bases.ts';

/** What the history of a user says of groups: which, by what, and that the user came or went. */
async function membershipsOf({ directory, plain }: Awaited<ReturnType<typeof useBases>>, id: string) {
  const changes = await directory.history(plain.organization).changes({ kind: 'User', id });
  return changes
    .filter(({ kind }) => kind === 'Group')
    .map(({ groupName, operation, facts, actor }) => [groupName, operation, Object.keys(facts).join(), actor]);
}

test('the deletion of a group is the end of the memberships in it, for those who were in it then', async () => {
  const acme = await useBases();
  const groups = [
    { id: 'g1', name: 'Sales' },
    { id: 'g2', name: 'Legal' },
  ];
  const users = ['1', '2', '3'].map((id) => ({ id, ...titled(`user-${id}`, 'x', { groups: ['g1', 'g2'] }) }));
  await acme.submit(baseOf({ users, groups }));
  await acme.scim.remove('g1', '2');
  await acme.scim.delete('User', '3');
  await acme.scim.delete('Group', 'g1');
  const joined = [
    ['Legal', 'update', 'membersAdded', 'connector'],
    ['Sales', 'update', 'membersAdded', 'connector'],
  ];
  expect((await membershipsOf(acme, '1')).toSorted()).toEqual([
    joined[0],
    ['Sales', 'delete', 'membersRemoved', 'tenant'],
    joined[1],
  ]);
  expect((await membershipsOf(acme, '2')).toSorted()).toEqual([
    ...joined,
    ['Sales', 'update', 'membersRemoved', 'tenant'],
  ]);
  expect((await membershipsOf(acme, '3')).toSorted()).toEqual(joined);
});
