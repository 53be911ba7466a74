import assert from 'node:assert/strict';
import type { ApplicationOperation, ResourceSnapshot } from '../../directory/write-back.ts';
import {
  type AdapterLaw,
  again,
  groupSnapshot,
  law,
  memberOf,
  newCall,
  type Trial,
  userSnapshot,
  withAttributes,
} from './adapter-law.ts';

/** Every operation on an application in which it makes sense, with what the application holds after it. */
export const scenes: Readonly<
  Record<ApplicationOperation['type'], { readonly needs: AdapterLaw['needs']; set(trial: Trial): Promise<Scene> }>
> = {
  'create-user': {
    needs: [],
    set: async () => ({
      operation: { type: 'create-user', after: userSnapshot('jane') },
      after: { users: { jane: true } },
    }),
  },
  'update-user': {
    needs: ['create-user'],
    async set({ user }) {
      const jane = await user('jane');
      const renamed = withAttributes(jane, { userName: 'jane.doe' });
      return {
        operation: { type: 'update-user', before: jane, after: renamed },
        after: { users: { 'jane.doe': true } },
      };
    },
  },
  'deactivate-user': {
    needs: ['create-user'],
    async set({ user }) {
      const jane = await user('jane');
      const inactive = withAttributes(jane, { active: false });
      return {
        operation: { type: 'deactivate-user', before: jane, after: inactive },
        after: { users: { jane: false } },
      };
    },
  },
  'reactivate-user': {
    needs: ['create-user', 'deactivate-user'],
    async set({ user, done }) {
      const jane = await user('jane');
      const inactive = withAttributes(jane, { active: false });
      await done({ type: 'deactivate-user', before: jane, after: inactive });
      return {
        operation: { type: 'reactivate-user', before: inactive, after: jane },
        after: { users: { jane: true } },
      };
    },
  },
  'delete-user': {
    needs: ['create-user'],
    set: async ({ user }) => ({ operation: { type: 'delete-user', before: await user('jane') }, after: {} }),
  },
  'create-group': {
    needs: [],
    set: async () => ({
      operation: { type: 'create-group', after: groupSnapshot('Team') },
      after: { groups: { Team: [] } },
    }),
  },
  'update-group': {
    needs: ['create-group'],
    async set({ group }) {
      const team = await group('Team');
      const renamed = withAttributes(team, { displayName: 'Crew' });
      return { operation: { type: 'update-group', before: team, after: renamed }, after: { groups: { Crew: [] } } };
    },
  },
  'delete-group': {
    needs: ['create-group'],
    set: async ({ group }) => ({ operation: { type: 'delete-group', before: await group('Team') }, after: {} }),
  },
  'add-members': {
    needs: ['create-user', 'create-group'],
    async set({ user, group }) {
      const members = [memberOf(await user('jane'))];
      const operation = { type: 'add-members', group: await group('Team'), members } as const;
      return { operation, after: { users: { jane: true }, groups: { Team: ['jane'] } } };
    },
  },
  'remove-members': {
    needs: ['create-user', 'create-group', 'add-members'],
    async set({ user, group, done }) {
      const members = [memberOf(await user('jane'))];
      const team = await group('Team');
      await done({ type: 'add-members', group: team, members });
      return {
        operation: { type: 'remove-members', group: team, members },
        after: { users: { jane: true }, groups: { Team: [] } },
      };
    },
  },
};

interface Scene {
  readonly operation: ApplicationOperation;
  readonly after: Parameters<Trial['holds']>[0];
}

export const operationTypes = Object.keys(scenes) as ApplicationOperation['type'][];

/** What an adapter says when it is asked again, or what it sees when it looks. */
export const repetitionLaws: readonly AdapterLaw[] = operationTypes.flatMap((type) => {
  const { needs, set } = scenes[type];
  return [
    law(
      `${type} that is repeated with its key is applied once more and changes nothing`,
      [...needs, type],
      async (trial) => {
        const { operation, after } = await set(trial);
        const call = newCall();
        const first = await trial.apply(operation, call);
        assert.equal(first.type, 'applied', JSON.stringify(first));
        await trial.holds(after);
        if (!trial.adapter.repeatable) return;
        assert.deepEqual(await trial.apply(operation, again(call)), first);
        await trial.holds(after);
      },
    ),

    law(`a probe of ${type} tells whether it was done`, [...needs, type], async (trial) => {
      const { operation } = await set(trial);
      const call = newCall();
      const before = await trial.probe(operation, call);
      const answer = await trial.apply(operation, call);
      assert.equal(answer.type, 'applied', JSON.stringify(answer));
      const after = await trial.probe(operation, again(call));
      // Who cannot tell says so; who says something says what is true.
      assert.notEqual(before?.type, 'applied', 'The probe says that it was done before it was.');
      assert.notEqual(after?.type, 'not-applied', 'The probe says that it was not done when it was.');
      if (after?.type === 'applied' && answer.type === 'applied' && answer.nativeId !== undefined) {
        assert.equal(after.nativeId, answer.nativeId);
      }
    }),
  ];
});

function nowhere(resource: ResourceSnapshot): ResourceSnapshot {
  return { ...resource, nativeId: `nowhere-${resource.id}` };
}

/** What an adapter says to what cannot be done. */
export const refusalLaws: readonly AdapterLaw[] = [
  law(
    'a second user under a user name is refused or is a second user, and never the first one',
    ['create-user'],
    async (trial) => {
      const { apply, holds, user, adapter } = trial;
      const jane = await user('jane');
      const namesake = userSnapshot('jane', { active: false, title: 'somebody else' });
      const answer = await apply({ type: 'create-user', after: namesake }, newCall());
      assert.notEqual(answer.type, 'unknown');
      if (answer.type === 'applied') {
        assert.notEqual(answer.nativeId, jane.nativeId, `${adapter.name} takes two people for one.`);
      } else {
        await holds({ users: { jane: true } });
      }
    },
  ),

  law(
    'what is not there is neither changed nor made',
    ['create-user', 'update-user', 'deactivate-user'],
    async (trial) => {
      const { apply, holds, user } = trial;
      await user('jane');
      const joe = nowhere(userSnapshot('joe'));
      const inactive = withAttributes(joe, { active: false });
      const answers = [
        await apply({ type: 'update-user', before: joe, after: withAttributes(joe, { userName: 'jim' }) }, newCall()),
        await apply({ type: 'deactivate-user', before: joe, after: inactive }, newCall()),
      ];
      assert.deepEqual(
        answers.map(({ type }) => type),
        ['refused', 'refused'],
      );
      await holds({ users: { jane: true } });
    },
  ),

  law('members of a group that is not there are not added', ['create-user', 'add-members'], async (trial) => {
    const { apply, holds, user } = trial;
    const members = [memberOf(await user('jane'))];
    const answer = await apply({ type: 'add-members', group: nowhere(groupSnapshot('Team')), members }, newCall());
    assert.equal(answer.type, 'refused');
    await holds({ users: { jane: true } });
  }),

  law('a refusal gives a reason that a client can be told', ['create-user', 'update-user'], async ({ apply, user }) => {
    await user('jane');
    const joe = nowhere(userSnapshot('joe'));
    const answer = await apply(
      { type: 'update-user', before: joe, after: withAttributes(joe, { title: 'x' }) },
      newCall(),
    );
    assert.equal(answer.type, 'refused');
    assert.ok(answer.type === 'refused' && answer.reason.trim() !== '' && answer.reason.length <= 500);
  }),
];
