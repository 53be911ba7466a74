import assert from 'node:assert/strict';
import { type AdapterLaw, groupSnapshot, law, memberOf, newCall, userSnapshot, withAttributes } from './adapter-law.ts';

const userOperations = ['create-user', 'update-user', 'deactivate-user', 'reactivate-user', 'delete-user'] as const;
const membership = ['create-user', 'create-group', 'add-members', 'remove-members'] as const;

/** What operations do to the application. */
export const effectLaws: readonly AdapterLaw[] = [
  law('an adapter has a name, and the application is in order', [], async ({ adapter }) => {
    assert.ok(adapter.name.trim() !== '');
    assert.equal(typeof adapter.repeatable, 'boolean');
    await adapter.check?.();
  }),

  law('a user that is created is there, as active as was asked for', ['create-user'], async ({ done, holds }) => {
    await done({ type: 'create-user', after: userSnapshot('jane') });
    await done({ type: 'create-user', after: userSnapshot('joe', { active: false }) });
    await holds({ users: { jane: true, joe: false } });
  }),

  law('a user is renamed, deactivated, reactivated and deleted, and no other one', userOperations, async (trial) => {
    const { done, user, holds } = trial;
    const jane = await user('jane');
    await user('joe');
    const renamed = withAttributes(jane, { userName: 'jane.doe' });
    await done({ type: 'update-user', before: jane, after: renamed });
    await holds({ users: { 'jane.doe': true, joe: true } });
    const inactive = withAttributes(renamed, { active: false });
    await done({ type: 'deactivate-user', before: renamed, after: inactive });
    await holds({ users: { 'jane.doe': false, joe: true } });
    await done({ type: 'reactivate-user', before: inactive, after: renamed });
    await holds({ users: { 'jane.doe': true, joe: true } });
    await done({ type: 'delete-user', before: renamed });
    await holds({ users: { joe: true } });
  }),

  law(
    'an update of who is not active leaves it so',
    ['create-user', 'update-user', 'deactivate-user'],
    async ({ done, user, holds }) => {
      const jane = await user('jane');
      const inactive = withAttributes(jane, { active: false });
      await done({ type: 'deactivate-user', before: jane, after: inactive });
      await done({ type: 'update-user', before: inactive, after: withAttributes(inactive, { title: 'CEO' }) });
      await holds({ users: { jane: false } });
    },
  ),

  law(
    'a group is created, renamed and deleted, and no other one',
    ['create-group', 'update-group', 'delete-group'],
    async ({ done, group, holds }) => {
      const team = await group('Team');
      await group('Others');
      const renamed = withAttributes(team, { displayName: 'Crew' });
      await done({ type: 'update-group', before: team, after: renamed });
      await holds({ groups: { Crew: [], Others: [] } });
      await done({ type: 'delete-group', before: renamed });
      await holds({ groups: { Others: [] } });
    },
  ),

  law('members come and go, in this group and no other one', membership, async ({ done, user, group, holds }) => {
    const [jane, joe, kim] = [await user('jane'), await user('joe'), await user('kim')];
    const [team, others] = [await group('Team'), await group('Others')];
    const users = { jane: true, joe: true, kim: true };
    await done({ type: 'add-members', group: team, members: [jane, joe].map(memberOf) });
    await done({ type: 'add-members', group: others, members: [joe].map(memberOf) });
    await holds({ users, groups: { Team: ['jane', 'joe'], Others: ['joe'] } });
    // Who is in already stays, who is not stays out.
    await done({ type: 'add-members', group: team, members: [joe, kim].map(memberOf) });
    await done({ type: 'remove-members', group: others, members: [joe, jane].map(memberOf) });
    await holds({ users, groups: { Team: ['jane', 'joe', 'kim'], Others: [] } });
  }),

  law('as many members as an operation may name come at once', membership, async (trial) => {
    const { adapter, done, user, group, holds } = trial;
    const count = Math.min(adapter.maxMembersPerOperation ?? 500, 50);
    const users = [];
    for (let index = 0; index < count; index++) users.push(await user(`user-${index}`));
    const team = await group('Team');
    const names = users.map(({ attributes }) => String(attributes.userName));
    const all = Object.fromEntries(names.map((name) => [name, true]));
    await done({ type: 'add-members', group: team, members: users.map(memberOf) });
    await holds({ users: all, groups: { Team: names } });
    await done({ type: 'remove-members', group: team, members: users.map(memberOf) });
    await holds({ users: all, groups: { Team: [] } });
  }),

  law(
    'who is deleted leaves all groups',
    ['create-user', 'delete-user', 'create-group', 'add-members'],
    async ({ done, user, group, holds }) => {
      const [jane, joe] = [await user('jane'), await user('joe')];
      const team = await group('Team');
      await done({ type: 'add-members', group: team, members: [jane, joe].map(memberOf) });
      await done({ type: 'delete-user', before: jane });
      await holds({ users: { joe: true }, groups: { Team: ['joe'] } });
    },
  ),

  law('operations of different resources do not disturb each other', ['create-user'], async ({ apply, holds }) => {
    const names = Array.from({ length: 8 }, (_, index) => `user-${index}`);
    const answers = await Promise.all(
      names.map((name) => apply({ type: 'create-user', after: userSnapshot(name) }, newCall())),
    );
    assert.deepEqual(
      answers.map(({ type }) => type),
      names.map(() => 'applied'),
    );
    await holds({ users: Object.fromEntries(names.map((name) => [name, true])) });
  }),

  law(
    'a group name that is not ASCII, and a user name with quotes and commas, arrive whole',
    ['create-user', 'create-group'],
    async (trial) => {
      const { apply, holds } = trial;
      const names: Record<string, boolean> = {};
      const groups: Record<string, readonly string[]> = {};
      // What an application cannot hold it refuses: it does not hold something else instead.
      const userName = 'o"neil, "joe"';
      const user = await apply({ type: 'create-user', after: userSnapshot(userName) }, newCall());
      if (user.type === 'applied') names[userName] = true;
      const displayName = 'Gäste 客人';
      const group = await apply({ type: 'create-group', after: groupSnapshot(displayName) }, newCall());
      if (group.type === 'applied') groups[displayName] = [];
      assert.ok(user.type !== 'unknown' && group.type !== 'unknown');
      await holds({ users: names, groups });
    },
  ),
];
