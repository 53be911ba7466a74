import assert from 'node:assert/strict';
import {
  allChanges,
  changeGroup,
  context,
  createGroup,
  createUser,
  type DirectoryLaw,
  enterpriseUrn,
  law,
  members,
  plain,
  userUrn,
} from './law.ts';

export const changeLaws: readonly DirectoryLaw[] = [
  law('every change has the next number, with who did what in the course of which request', async (acme) => {
    assert.equal(await acme.revision(), 0);
    const jane = await createUser(acme, 'jane');
    const attributes = {
      schemas: [userUrn, enterpriseUrn],
      userName: 'jane',
      active: false,
      [enterpriseUrn]: { department: 'IT' },
    };
    const who = { actor: 'repairer', requestId: 'request-2', origin: 'repair' } as const;
    await acme.update('User', jane.id, () => ({ attributes }), who);
    await acme.update('User', jane.id, () => ({ attributes: { userName: 'jane' } }), context);
    await acme.delete('User', jane.id, () => undefined, context);
    const changes = (await allChanges(acme)).map(({ at, ...change }) => change);
    const about = { kind: 'User', id: jane.id, ...context };
    assert.deepEqual(plain(changes), [
      { ...about, revision: 1, operation: 'create', facts: { attributes: { schemas: [userUrn], userName: 'jane' } } },
      {
        ...about,
        ...who,
        revision: 2,
        operation: 'update',
        facts: {
          attributes: {
            schemas: [userUrn, enterpriseUrn],
            active: false,
            [`${enterpriseUrn}:department`]: 'IT',
          },
        },
      },
      {
        ...about,
        revision: 3,
        operation: 'update',
        facts: { attributes: { schemas: null, active: null, [`${enterpriseUrn}:department`]: null } },
      },
      { ...about, revision: 4, operation: 'delete', facts: {} },
    ]);
    assert.deepEqual(plain((await acme.changes(1, 2)).map(({ revision }) => revision)), [2, 3]);
    assert.equal(await acme.revision(), 4);
  }),

  law('a group logs who came and who went, never all members', async (acme) => {
    const [jane, joe, jim] = [
      await createUser(acme, 'jane'),
      await createUser(acme, 'joe'),
      await createUser(acme, 'jim'),
    ];
    const group = await createGroup(acme, 'Admins', [jane.id]);
    await changeGroup(acme, group.id, members({ add: [joe.id, jane.id] }));
    await changeGroup(acme, group.id, members({ add: [joe.id, jim.id], replaceAll: true }));
    await acme.delete('User', joe.id, () => undefined, context);
    await acme.delete('Group', group.id, () => undefined, context);
    assert.deepEqual(
      plain(
        (await acme.changes(3, 10)).map(({ operation, facts: { attributes, ...facts } }) => ({ operation, ...facts })),
      ),
      [
        { operation: 'create', membersAdded: [jane.id] },
        { operation: 'update', membersAdded: [joe.id] },
        { operation: 'update', membersAdded: [jim.id], membersRemoved: [jane.id] },
        { operation: 'delete', groupsLeft: [group.id] },
        { operation: 'delete' },
      ],
    );
  }),

  law('a password is logged as having changed, without its value', async (acme) => {
    const secret = 'correct-horse-1';
    const { id } = await acme.create('User', { attributes: { userName: 'jane', password: secret } }, context);
    await acme.update('User', id, () => ({ attributes: { userName: 'jane', password: 'correct-horse-2' } }), context);
    await acme.update('User', id, () => ({ attributes: { userName: 'jane' } }), context);
    const changes = await allChanges(acme);
    assert.ok(!JSON.stringify(changes).includes('correct-horse'));
    const [made, set, taken] = changes.map(({ facts }) => facts.attributes);
    assert.ok(made !== undefined && 'password' in made);
    assert.deepEqual(Object.keys(set ?? {}), ['password']);
    assert.deepEqual(plain(taken), { password: null });
  }),
];
