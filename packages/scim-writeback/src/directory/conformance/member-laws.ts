import assert from 'node:assert/strict';
import { parseFilter } from '../../protocol/filter/parse-filter.ts';
import { resolveValueFilter } from '../../protocol/filter/resolve-filter.ts';
import { standardProfile } from '../../protocol/profile.ts';
import { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { groupResourceType } from '../../protocol/schemas/resource-types.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import type { Membership, ResourceChange } from '../directory.ts';
import {
  changeGroup,
  context,
  createGroup,
  createUser,
  createUsers,
  type DirectoryLaw,
  groupUrn,
  law,
  memberIds,
  members,
  plain,
  userUrn,
} from './law.ts';

const refused = { name: 'ScimError', status: 400, scimType: 'invalidValue' };

function removeMatching(text: string, add: readonly string[] = []): ResourceChange {
  const schema = new ResourceSchema(groupResourceType);
  const path = schema.resolve({ urn: undefined, name: 'members', sub: undefined });
  assert.ok(path !== undefined);
  const filter = resolveValueFilter(parseFilter(text, standardProfile), path, schema, standardProfile);
  return {
    members: [{ replaceAll: false, remove: [], removeMatching: [filter], add: add.map((value) => ({ value })) }],
  };
}

export const memberLaws: readonly DirectoryLaw[] = [
  law('members come in the order of their ids, with kind and name', async (acme) => {
    const jane = await createUser(acme, 'jane');
    const named = await acme.create('User', { attributes: { userName: 'joe', displayName: 'Joe B' } }, context);
    const inner = await createGroup(acme, 'Inner');
    const group = await createGroup(acme, 'Outer', [inner.id, jane.id, named.id]);
    const expected = [
      { id: jane.id, kind: 'User', display: 'jane' },
      { id: named.id, kind: 'User', display: 'Joe B' },
      { id: inner.id, kind: 'Group', display: 'Inner' },
    ].sort((left, right) => (left.id < right.id ? -1 : 1));
    assert.deepEqual(plain(await acme.members(group.id, undefined, 10)), expected);
    assert.deepEqual(plain(await acme.members(group.id, expected[0]?.id, 1)), expected.slice(1, 2));
    assert.deepEqual(plain(await acme.members(jane.id, undefined, 10)), []);
  }),

  law('who is renamed is so in every list of members', async (acme) => {
    const jane = await createUser(acme, 'jane');
    const group = await createGroup(acme, 'Admins', [jane.id]);
    await acme.update('User', jane.id, () => ({ attributes: { schemas: [userUrn], userName: 'jane.doe' } }), context);
    assert.equal((await acme.members(group.id, undefined, 1))[0]?.display, 'jane.doe');
    assert.equal((await acme.get('Group', group.id))?.version, 1);
  }),

  law('a change of members is one of the group and not of the member', async (acme) => {
    const jane = await createUser(acme, 'jane');
    const group = await createGroup(acme, 'Admins');
    const added = await changeGroup(acme, group.id, members({ add: [jane.id] }));
    assert.equal(added.resource.version, 2);
    assert.deepEqual(plain(added.resource.attributes), plain(group.attributes));
    assert.equal((await changeGroup(acme, group.id, members({ remove: [jane.id] }))).resource.version, 3);
    assert.deepEqual(plain(await acme.get('User', jane.id)), plain(jane));
  }),

  law('steps are taken in order, and the members after them are as they say', async (acme) => {
    const ids = await createUsers(acme, 1203);
    const group = await createGroup(acme, 'All', ids);
    assert.deepEqual(await memberIds(acme, group.id), ids.toSorted());
    const [first = '', second = '', third = ''] = ids;
    await changeGroup(acme, group.id, members({ replaceAll: true, add: ids.slice(2) }));
    assert.deepEqual(await memberIds(acme, group.id), ids.slice(2).toSorted());
    await changeGroup(acme, group.id, {
      members: [
        { replaceAll: true, remove: [], removeMatching: [], add: [{ value: first }, { value: third }] },
        { replaceAll: false, remove: [third], removeMatching: [], add: [{ value: second }] },
      ],
    });
    assert.deepEqual(await memberIds(acme, group.id), [first, second].toSorted());
    await changeGroup(acme, group.id, members({ replaceAll: true }));
    assert.deepEqual(await memberIds(acme, group.id), []);
  }),

  law('members are removed by what a filter says of them', async (acme) => {
    const ids = await createUsers(acme, 1500);
    const inner = await createGroup(acme, 'Inner');
    const group = await createGroup(acme, 'All', [...ids, inner.id]);
    const [first = '', second = '', third = ''] = ids;
    await changeGroup(acme, group.id, removeMatching(`value eq "${first}" and type eq "Group"`));
    assert.equal((await memberIds(acme, group.id)).length, 1501);
    await changeGroup(acme, group.id, removeMatching(`value eq "${first}" and type eq "User"`));
    assert.equal((await memberIds(acme, group.id)).length, 1500);
    // Whoever is added in the same step stays.
    await changeGroup(acme, group.id, removeMatching('type eq "User" and not (display eq "USER-2")', [second]));
    assert.deepEqual(await memberIds(acme, group.id), [second, third, inner.id].toSorted());
    await changeGroup(acme, group.id, removeMatching('type eq "Group"'));
    assert.deepEqual(await memberIds(acme, group.id), [second, third].toSorted());
  }),

  law('nobody is removed by a filter about $ref, which is not kept', async (acme) => {
    const group = await createGroup(acme, 'All', await createUsers(acme, 2));
    const change = removeMatching('$ref ne "https://scim.example.com/Users/1"');
    await assert.rejects(changeGroup(acme, group.id, change), { status: 400, scimType: 'invalidFilter' });
    assert.equal((await memberIds(acme, group.id)).length, 2);
  }),

  law('a member that is not there is refused, with everything that came with it', async (acme) => {
    const [jane = '', joe = ''] = await createUsers(acme, 2);
    const group = await createGroup(acme, 'Admins', [jane]);
    await assert.rejects(changeGroup(acme, group.id, members({ remove: [jane], add: [joe, 'nobody'] })), refused);
    await assert.rejects(createGroup(acme, 'Others', ['nobody']), refused);
    assert.deepEqual(await memberIds(acme, group.id), [jane]);
    assert.equal(await acme.revision(), 3);
  }),

  law(
    'a member that is not there is kept where unknown members are accepted, with the kind that was told last',
    async (acme) => {
      const attributes = { schemas: [groupUrn], displayName: 'Admins' };
      const named = [{ id: 'nobody' }, { id: 'other', kind: 'Group' }, { id: 'someone', kind: 'User' }] as const;
      const { id } = await acme.create('Group', { attributes, members: named }, context);
      const kinds = async () => (await acme.members(id, undefined, 10)).map(({ kind }) => kind);
      assert.deepEqual(plain(await acme.members(id, undefined, 10)), [
        { id: 'nobody', kind: 'User', display: undefined },
        { id: 'other', kind: 'Group', display: undefined },
        { id: 'someone', kind: 'User', display: undefined },
      ]);
      const change = (replaceAll: boolean, add: readonly ScimObject[]) =>
        changeGroup(acme, id, { members: [{ replaceAll, remove: [], removeMatching: [], add }] });
      const again: readonly ScimObject[] = [
        { value: 'nobody' },
        { value: 'other', type: 'Group' },
        { value: 'someone', type: 'User' },
      ];
      for (const replaceAll of [false, true]) {
        // Of whom nothing new is told, nothing changes.
        assert.equal((await change(replaceAll, again)).changed, false);
        const kind = replaceAll ? 'User' : 'Group';
        const changed = await change(replaceAll, [...again.slice(1), { value: 'nobody', type: kind }]);
        assert.deepEqual([changed.changed, await kinds()], [true, [kind, 'Group', 'User']]);
      }
      const [last] = await acme.changes((await acme.revision()) - 1, 1);
      assert.deepEqual(plain(last?.facts), { membersAdded: ['nobody'] });
    },
    { unknownMembers: 'accept' },
  ),

  law(
    'the kind of a member that is a resource is its own, whatever is told',
    async (acme) => {
      const jane = await createUser(acme, 'jane');
      const attributes = { schemas: [groupUrn], displayName: 'Admins' };
      const { id } = await acme.create('Group', { attributes, members: [{ id: jane.id, kind: 'Group' }] }, context);
      const again = {
        members: [{ replaceAll: true, remove: [], removeMatching: [], add: [{ value: jane.id, type: 'Group' }] }],
      };
      assert.equal((await changeGroup(acme, id, again)).changed, false);
      assert.deepEqual(
        (await acme.members(id, undefined, 10)).map(({ kind }) => kind),
        ['User'],
      );
    },
    { unknownMembers: 'accept' },
  ),

  law('no group becomes a member of itself, directly or through others', async (acme) => {
    const inner = await createGroup(acme, 'Inner');
    const middle = await createGroup(acme, 'Middle', [inner.id]);
    const outer = await createGroup(acme, 'Outer', [middle.id]);
    await assert.rejects(changeGroup(acme, outer.id, members({ add: [outer.id] })), refused);
    await assert.rejects(changeGroup(acme, inner.id, members({ add: [outer.id] })), refused);
    assert.deepEqual(await memberIds(acme, inner.id), []);
    // The way out and the new way in are one change.
    const swap = await changeGroup(acme, outer.id, members({ remove: [middle.id], add: [inner.id] }));
    assert.equal(swap.changed, true);
  }),

  law('only groups have members', async (acme) => {
    const jane = await createUser(acme, 'jane');
    await assert.rejects(
      acme.update('User', jane.id, () => members({ add: [jane.id] }), context),
      TypeError,
    );
    await assert.rejects(
      acme.create('Group', { attributes: { displayName: 'x', members: [{ value: jane.id }] } }, context),
      TypeError,
    );
  }),

  law('groups of users are found through other groups, each once', async (acme) => {
    const [jane = '', joe = '', jim = ''] = await createUsers(acme, 3);
    const inner = await createGroup(acme, 'Inner', [jane]);
    const left = await createGroup(acme, 'Left', [inner.id]);
    const right = await createGroup(acme, 'Right', [inner.id, jane]);
    const outer = await createGroup(acme, 'Outer', [left.id, right.id, joe]);
    const found = await acme.memberships([joe, jane, jim]);
    const inOrder = (memberships: readonly Membership[]) =>
      memberships.toSorted((one, other) => (one.groupId < other.groupId ? -1 : 1));
    assert.deepEqual(plain(found), [
      [{ groupId: outer.id, display: 'Outer', type: 'direct' }],
      inOrder([
        { groupId: inner.id, display: 'Inner', type: 'direct' },
        { groupId: left.id, display: 'Left', type: 'indirect' },
        { groupId: right.id, display: 'Right', type: 'direct' },
        { groupId: outer.id, display: 'Outer', type: 'indirect' },
      ]),
      [],
    ]);
    assert.deepEqual(await acme.memberships([]), []);
    assert.deepEqual(await acme.memberships([], true), []);
  }),

  law('groups of a page of all users are those of each, whatever ids of groups lie between', async (acme) => {
    const users = await createUsers(acme, 8);
    const inner = await createGroup(acme, 'Inner', users.slice(0, 5));
    await createGroup(acme, 'Outer', [inner.id, ...users.slice(3)]);
    const sort = { path: undefined, descending: false };
    for (const page of [
      { startIndex: 1, count: 100 },
      { startIndex: 3, count: 4 },
    ]) {
      const { resources, adjacent } = await acme.list('User', { sort, page });
      const ids = resources.map(({ id }) => id);
      assert.deepEqual(await acme.memberships(ids, adjacent), await acme.memberships(ids));
    }
  }),

  law('who is deleted leaves every group, and each of these gets a new version', async (acme) => {
    const [jane = '', joe = ''] = await createUsers(acme, 2);
    const inner = await createGroup(acme, 'Inner', [jane, joe]);
    const outer = await createGroup(acme, 'Outer', [inner.id, jane]);
    const untouched = await createGroup(acme, 'Untouched', [joe]);
    await acme.delete('User', jane, () => undefined, context);
    assert.deepEqual(await memberIds(acme, inner.id), [joe]);
    assert.deepEqual(await memberIds(acme, outer.id), [inner.id]);
    await acme.delete('Group', inner.id, () => undefined, context);
    assert.deepEqual(await memberIds(acme, outer.id), []);
    assert.deepEqual(await memberIds(acme, inner.id), []);
    assert.equal((await acme.get('Group', outer.id))?.version, 3);
    assert.equal((await acme.get('Group', untouched.id))?.version, 1);
    assert.deepEqual(
      (await acme.memberships([joe])).flat().map(({ display }) => display),
      ['Untouched'],
    );
  }),
];
