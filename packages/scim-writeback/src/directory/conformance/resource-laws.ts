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

const notThere = { name: 'ScimError', status: 404 };
const taken = { name: 'ScimError', status: 409, scimType: 'uniqueness' };

const wholeUser = {
  schemas: [userUrn, enterpriseUrn],
  userName: 'Jane.Doe',
  active: true,
  name: { familyName: 'Doe' },
  emails: [{ value: 'jane@example.com', primary: true }],
  [enterpriseUrn]: { manager: { value: 'boss' } },
};

let now = 0;
const clock = () => new Date(now);

export const resourceLaws: readonly DirectoryLaw[] = [
  law('what was created is found by its kind and id, with all its attributes', async (acme) => {
    const made = await acme.create('User', { attributes: wholeUser }, context);
    assert.deepEqual(plain(made.attributes), wholeUser);
    assert.equal(made.version, 1);
    assert.equal(made.created, made.lastModified);
    assert.deepEqual(plain(await acme.get('User', made.id)), plain(made));
    assert.equal(await acme.get('Group', made.id), undefined);
    assert.equal(await acme.get('User', made.id.toUpperCase()), undefined);
  }),

  law('attributes that are read have no prototype', async (acme) => {
    const { id } = await acme.create('User', { attributes: wholeUser }, context);
    const found = await acme.get('User', id);
    assert.equal(Object.getPrototypeOf(found?.attributes), null);
    assert.equal(Object.getPrototypeOf(found?.attributes.name), null);
  }),

  law('an update gives the next version and says what is kept', async (acme) => {
    const { id } = await createUser(acme, 'jane');
    const attributes = { schemas: [userUrn], userName: 'jane', title: 'Chief' };
    const { resource, changed } = await acme.update('User', id, () => ({ attributes }), context);
    assert.equal(changed, true);
    assert.equal(resource.version, 2);
    assert.deepEqual(plain(await acme.get('User', id)), plain(resource));
    assert.deepEqual(plain(resource.attributes), attributes);
  }),

  law('an update that changes nothing leaves version, time and revision as they are', async (acme) => {
    const jane = await createUser(acme, 'jane');
    const group = await createGroup(acme, 'Admins', [jane.id]);
    const revision = await acme.revision();
    for (const change of [{}, { attributes: { userName: 'jane', schemas: [userUrn] } }]) {
      const outcome = await acme.update('User', jane.id, () => change, context);
      assert.equal(outcome.changed, false);
      assert.deepEqual(plain(outcome.resource), plain(jane));
    }
    for (const change of [
      members({ add: [jane.id] }),
      members({ remove: ['nobody'] }),
      members({ add: [jane.id], replaceAll: true }),
      { members: [...(members({ remove: [jane.id] }).members ?? []), ...(members({ add: [jane.id] }).members ?? [])] },
    ]) {
      assert.equal((await changeGroup(acme, group.id, change)).changed, false);
    }
    assert.deepEqual(plain(await acme.get('Group', group.id)), plain(group));
    assert.equal(await acme.revision(), revision);
  }),

  law('an update whose decision throws has no effect, and neither have those that stand beside it', async (acme) => {
    const { id } = await createUser(acme, 'jane');
    const refusal = new Error('precondition');
    const outcomes = await Promise.allSettled([
      createUser(acme, 'before'),
      acme.update(
        'User',
        id,
        () => {
          throw refusal;
        },
        context,
      ),
      createUser(acme, 'after'),
    ]);
    assert.deepEqual(
      outcomes.map(({ status }) => status),
      ['fulfilled', 'rejected', 'fulfilled'],
    );
    assert.equal(outcomes[1].status === 'rejected' && outcomes[1].reason, refusal);
    assert.equal((await acme.get('User', id))?.version, 1);
    assert.equal(await acme.revision(), 3);
  }),

  law('a user name is taken whatever its case, and free again once it is given up', async (acme) => {
    const jane = await createUser(acme, 'Jane.École');
    await assert.rejects(createUser(acme, 'jane.e\u0301cole'), taken);
    const joe = await createUser(acme, 'joe');
    const rename = (id: string, userName: string) =>
      acme.update('User', id, () => ({ attributes: { schemas: [userUrn], userName } }), context);
    await assert.rejects(rename(joe.id, 'JANE.ÉCOLE'), taken);
    // Its own name in another case.
    await rename(jane.id, 'JANE.ÉCOLE');
    await rename(jane.id, 'other');
    await rename(joe.id, 'jane.école');
    await acme.delete('User', joe.id, () => undefined, context);
    await createUser(acme, 'jane.école');
  }),

  law('a clash names the attribute and not the other resource, and leaves nothing behind', async (acme, directory) => {
    const { id } = await createUser(acme, 'jane');
    const error = await createUser(acme, 'JANE').catch((reason: Error) => reason);
    assert.ok(error instanceof Error && error.message.includes('userName') && !error.message.includes(id));
    const joe = await createUser(acme, 'joe');
    await assert.rejects(
      acme.update('User', joe.id, () => ({ attributes: { userName: 'jane', title: 'x' } }), context),
      taken,
    );
    assert.deepEqual(plain(await acme.get('User', joe.id)), plain(joe));
    assert.equal(await acme.revision(), 2);
    assert.deepEqual(plain(await directory.size()), [{ organization: 'acme', kind: 'User', count: 2 }]);
  }),

  law('what was deleted is not there, and cannot be changed or deleted again', async (acme, directory) => {
    const { id } = await createUser(acme, 'jane');
    await acme.delete('User', id, () => undefined, context);
    assert.equal(await acme.get('User', id), undefined);
    await assert.rejects(
      acme.delete('User', id, () => undefined, context),
      notThere,
    );
    await assert.rejects(
      acme.update('User', id, () => ({}), context),
      notThere,
    );
    assert.deepEqual(plain(await directory.size()), [{ organization: 'acme', kind: 'User', count: 0 }]);
    assert.notEqual((await createUser(acme, 'jane')).id, id);
  }),

  law('a check that throws stops a deletion', async (acme) => {
    const jane = await createUser(acme, 'jane');
    const refusal = new Error('precondition');
    const refuse = (current: { readonly version: number }) => {
      assert.equal(current.version, 1);
      throw refusal;
    };
    await assert.rejects(acme.delete('User', jane.id, refuse, context), refusal);
    assert.deepEqual(plain(await acme.get('User', jane.id)), plain(jane));
    assert.equal(await acme.revision(), 1);
  }),

  law(
    'the time of a change never goes back, even when the clock does',
    async (acme) => {
      now = Date.UTC(2026, 0, 1, 12, 0, 0, 500);
      const made = await createUser(acme, 'jane');
      assert.equal(made.created, '2026-01-01T12:00:00.5');
      const update = (title: string) =>
        acme.update('User', made.id, () => ({ attributes: { userName: 'jane', title } }), context);
      now -= 60_000;
      assert.equal((await update('earlier')).resource.lastModified, made.created);
      now += 120_000;
      assert.equal((await update('later')).resource.lastModified, '2026-01-01T12:01:00.5');
      const times = (await allChanges(acme)).map(({ at }) => at);
      assert.deepEqual(times, [made.created, made.created, '2026-01-01T12:01:00.5']);
    },
    { clock },
  ),
];
