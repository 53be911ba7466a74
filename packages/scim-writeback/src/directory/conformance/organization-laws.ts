import assert from 'node:assert/strict';
import {
  allChanges,
  changeGroup,
  context,
  createGroup,
  createUser,
  type DirectoryLaw,
  law,
  memberIds,
  members,
  plain,
  withDirectory,
} from './law.ts';

const notThere = { name: 'ScimError', status: 404 };
const firstPage = { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 10 } };

export const organizationLaws: readonly DirectoryLaw[] = [
  law('an organization sees nothing of another', async (acme, directory) => {
    await directory.organizations.create({ id: 'beta', name: 'Beta' });
    const beta = directory.organization('beta');
    const jane = await createUser(acme, 'jane');
    const admins = await createGroup(acme, 'Admins', [jane.id]);
    // The same user name is free there.
    const other = await createUser(beta, 'jane');
    assert.equal(await beta.get('User', jane.id), undefined);
    await assert.rejects(
      beta.update('User', jane.id, () => ({ attributes: { userName: 'stolen' } }), context),
      notThere,
    );
    await assert.rejects(
      beta.delete('User', jane.id, () => undefined, context),
      notThere,
    );
    await assert.rejects(changeGroup(beta, admins.id, members({ remove: [jane.id] })), notThere);
    await assert.rejects(createGroup(beta, 'Admins', [jane.id]), { status: 400, scimType: 'invalidValue' });
    assert.deepEqual(await beta.members(admins.id, undefined, 10), []);
    assert.deepEqual(await beta.memberships([jane.id]), [[]]);
    const page = await beta.list('User', firstPage);
    assert.equal(page.totalResults, 1);
    assert.deepEqual(
      page.resources.map(({ id }) => id),
      [other.id],
    );
    assert.deepEqual(
      (await allChanges(beta)).map(({ id, revision }) => ({ id, revision })),
      [{ id: other.id, revision: 1 }],
    );
    assert.deepEqual(plain(await acme.get('User', jane.id)), plain(jane));
    assert.deepEqual(await memberIds(acme, admins.id), [jane.id]);
    assert.equal(await acme.revision(), 2);
  }),

  law('resources are counted by organization and kind', async (acme, directory) => {
    await directory.organizations.create({ id: 'beta', name: 'Beta' });
    await createUser(acme, 'jane');
    await createGroup(acme, 'Admins');
    await createUser(directory.organization('beta'), 'jane');
    assert.deepEqual(plain(await directory.size()), [
      { organization: 'acme', kind: 'Group', count: 1 },
      { organization: 'acme', kind: 'User', count: 1 },
      { organization: 'beta', kind: 'User', count: 1 },
    ]);
  }),

  law('organizations are listed, and found by their id', async (_acme, { organizations }) => {
    const beta = await organizations.create({ id: 'Beta_2-x', name: 'Beta' });
    assert.deepEqual(plain(await organizations.get('Beta_2-x')), plain(beta));
    assert.equal(await organizations.get('beta_2-x'), undefined);
    assert.deepEqual((await organizations.list()).map(({ id }) => id).toSorted(), ['Beta_2-x', 'acme']);
  }),

  law('an id of an organization that is taken or not usable is refused', async (_acme, { organizations }) => {
    for (const id of ['acme', '', 'a b', 'a/b', '..', 'x'.repeat(65), 'é']) {
      await assert.rejects(organizations.create({ id, name: 'Other' }), { name: 'InputError' });
    }
    await assert.rejects(organizations.create({ id: 'beta', name: ' ' }), { name: 'InputError' });
    assert.equal((await organizations.list()).length, 1);
    assert.equal((await organizations.get('acme'))?.name, 'Acme');
  }),

  law('nothing can be created in an organization that is not there', async (_acme, directory) => {
    const nowhere = directory.organization('nowhere');
    await assert.rejects(createUser(nowhere, 'jane'), { name: 'InputError', code: 'not-found' });
    await assert.rejects(nowhere.revision(), { name: 'InputError', code: 'not-found' });
    assert.deepEqual(await directory.size(), []);
  }),

  {
    name: 'everything is there after the directory was closed and opened again',
    async check(store) {
      let before: unknown;
      const readAll = async (directory: Parameters<Parameters<typeof withDirectory>[2]>[0]) => {
        const acme = directory.organization('acme');
        const groups = await acme.list('Group', firstPage);
        return plain({
          organizations: await directory.organizations.list(),
          users: await acme.list('User', firstPage),
          groups,
          members: await acme.members(groups.resources[0]?.id ?? '', undefined, 10),
          changes: await allChanges(acme),
          size: await directory.size(),
        });
      };
      await withDirectory(store, undefined, async (directory) => {
        await directory.organizations.create({ id: 'acme', name: 'Acme' });
        const acme = directory.organization('acme');
        const jane = await createUser(acme, 'jane');
        await createGroup(acme, 'Admins', [jane.id]);
        before = await readAll(directory);
      });
      await withDirectory(store, undefined, async (directory) => {
        await directory.checkReady();
        assert.deepEqual(await readAll(directory), before);
        await assert.rejects(createUser(directory.organization('acme'), 'JANE'), { status: 409 });
      });
    },
  },
];
