import assert from 'node:assert/strict';
import {
  allChanges,
  changeGroup,
  context,
  createGroup,
  createUser,
  createUsers,
  type DirectoryLaw,
  law,
  memberIds,
  members,
  plain,
  userUrn,
} from './law.ts';

const clients = 64;

export const concurrencyLaws: readonly DirectoryLaw[] = [
  law('of 64 updates of one resource at the same time, none is lost', async (acme) => {
    const { id } = await createUser(acme, 'jane');
    await Promise.all(
      Array.from({ length: clients }, () =>
        acme.update(
          'User',
          id,
          ({ attributes }) => ({
            attributes: { schemas: [userUrn], userName: 'jane', title: `${attributes.title ?? ''}x` },
          }),
          context,
        ),
      ),
    );
    const jane = await acme.get('User', id);
    assert.equal(jane?.attributes.title, 'x'.repeat(clients));
    assert.equal(jane?.version, clients + 1);
  }),

  law('of members added and removed one by one at the same time, each is as it was acknowledged', async (acme) => {
    const ids = await createUsers(acme, clients);
    const group = await createGroup(acme, 'Admins', ids.slice(0, clients / 2));
    await Promise.all(
      ids.map((id, index) =>
        changeGroup(acme, group.id, members(index < clients / 2 ? { remove: [id] } : { add: [id] })),
      ),
    );
    assert.deepEqual(await memberIds(acme, group.id), ids.slice(clients / 2).toSorted());
    assert.equal((await acme.get('Group', group.id))?.version, clients + 1);
  }),

  law('of many that want one user name, one gets it', async (acme, directory) => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: clients }, (_, index) => createUser(acme, index % 2 === 0 ? 'jane' : 'JANE')),
    );
    assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.deepEqual(plain(await directory.size()), [{ organization: 'acme', kind: 'User', count: 1 }]);
  }),

  law('numbers of changes have no gap, whatever is refused between them', async (acme) => {
    await Promise.allSettled(Array.from({ length: 200 }, (_, index) => createUser(acme, `user-${index % 150}`)));
    const revisions = (await allChanges(acme)).map(({ revision }) => revision);
    assert.deepEqual(
      revisions,
      Array.from({ length: 150 }, (_, index) => index + 1),
    );
    assert.equal(await acme.revision(), 150);
  }),

  law(
    'what is being changed while the directory closes is finished; later changes are refused',
    async (acme, directory) => {
      const changes = Array.from({ length: 200 }, (_, index) => createUser(acme, `user-${index}`));
      const closed = directory.close();
      await assert.rejects(createUser(acme, 'late'));
      assert.equal((await Promise.all(changes)).length, 200);
      await closed;
    },
  ),
];
