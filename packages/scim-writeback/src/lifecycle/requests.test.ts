import { describe, expect, test } from 'vitest';
import { client, listOf, mockService, rejection, scimError, scimJson, service } from '../client/test-service.ts';
import { createEntitlement } from './create-entitlement.ts';
import { deleteIdentity } from './delete-identity.ts';
import { deprovisionIdentity } from './deprovision-identity.ts';
import { addToGroup, removeFromGroup } from './manage-relationships.ts';
import { syncIdentity } from './sync-identity.ts';

import { attributes, groupUrn, lookUp, newJane, patchOf } from './test-requests.ts';

describe('the requests of "OAA with SCIM Lifecycle Management"', () => {
  mockService();

  test('Sync Identities (Create User)', async () => {
    lookUp('jane.doe');
    service()
      .post('/Users', newJane)
      .matchHeader('content-type', 'application/scim+json')
      .reply(201, { id: '4711', ...newJane }, scimJson);
    expect(await syncIdentity(client(), { attributes })).toEqual({
      outcome: 'created',
      id: '4711',
      userName: 'jane.doe',
      dryRun: false,
      steps: [
        {
          request: { method: 'GET', path: '/Users', query: { filter: 'userName eq "jane.doe"' } },
          outcome: 'answered',
          status: 200,
        },
        {
          request: {
            method: 'POST',
            path: '/Users',
            headers: { 'content-type': 'application/scim+json' },
            body: newJane,
          },
          outcome: 'answered',
          status: 201,
        },
      ],
    });
  });

  test('Sync Identities (Update User): what differs, each by its own path', async () => {
    const displayed = { id: '4711', ...newJane, userName: 'Jane.Doe', displayName: 'Jane Doe', title: 'Engineer' };
    lookUp('jane.doe', displayed);
    service()
      .patch('/Users/4711', patchOf({ op: 'replace', path: 'displayName', value: 'Jane Smith' }))
      .matchHeader('content-type', 'application/scim+json')
      .reply(200, displayed);
    const wanted = { ...attributes, display_name: 'Jane Smith' };
    expect(await syncIdentity(client(), { attributes: wanted })).toMatchObject({ outcome: 'updated', id: '4711' });
  });

  test('De-provision Identity', async () => {
    service()
      .patch('/Users/4711', patchOf({ op: 'replace', path: 'active', value: false }))
      .reply(200, { id: '4711', active: false });
    expect(await deprovisionIdentity(client(), { id: '4711' })).toMatchObject({ outcome: 'deactivated', id: '4711' });
  });

  test('Delete Identity', async () => {
    service().delete('/Users/4711').reply(204);
    expect(await deleteIdentity(client(), { id: '4711' })).toMatchObject({ outcome: 'deleted', id: '4711' });
  });

  test('Manage Relationships (Add User to Group)', async () => {
    service().get('/Groups/9').reply(200, { id: '9', displayName: 'Engineering' });
    service()
      .patch('/Groups/9', patchOf({ op: 'add', path: 'members', value: [{ value: '4711' }] }))
      .reply(204);
    const result = await addToGroup(client(), { user: { id: '4711' }, group: { id: '9' } });
    expect(result).toMatchObject({ outcome: 'added', id: '9' });
    expect(result.steps.map(({ status }) => status)).toEqual([200, 204]);
  });

  test('Manage Relationships (Remove User from Group)', async () => {
    service()
      .patch('/Groups/9', patchOf({ op: 'remove', path: 'members', value: [{ value: '4711' }] }))
      .reply(204);
    const result = await removeFromGroup(client(), { user: { id: '4711' }, group: { id: '9' } });
    expect(result).toMatchObject({ outcome: 'removed', id: '9' });
  });

  test('Create Entitlement (Create Group)', async () => {
    service()
      .post('/Groups', { schemas: [groupUrn], displayName: 'Engineering Team' })
      .reply(201, { id: '9', displayName: 'Engineering Team' });
    expect(await createEntitlement(client(), { displayName: 'Engineering Team' })).toMatchObject({
      outcome: 'created',
      id: '9',
    });
  });
});

describe('by name', () => {
  mockService();

  test('users and groups are looked up, and have to be there once', async () => {
    lookUp('jane.doe', { id: '4711', userName: 'jane.doe' });
    service()
      .get('/Groups')
      .query({ filter: 'displayName eq "R\\"D"' })
      .reply(200, listOf([{ id: '9', displayName: 'r"d' }]));
    service().patch('/Groups/9').reply(204);
    const input = { user: { userName: 'jane.doe' }, group: { displayName: 'R"D' } };
    expect(await removeFromGroup(client(), input)).toMatchObject({ outcome: 'removed', id: '9' });
  });

  test.each(['', ' '])('the name or id %j is nobody: nothing is sent', async (blank) => {
    const usage = { code: 'usage', exitCode: 2 };
    expect(await rejection(deleteIdentity(client(), { id: blank }))).toMatchObject(usage);
    expect(await rejection(deprovisionIdentity(client(), { userName: blank }))).toMatchObject(usage);
    const input = { user: { id: '1' }, group: { id: blank } };
    expect(await rejection(removeFromGroup(client(), input))).toMatchObject(usage);
  });

  test('whoever is not there is not found, and nothing is changed', async () => {
    lookUp('jane.doe');
    lookUp('jane.doe', { id: '4711', userName: 'jane.doe' });
    service().get('/Groups').query(true).reply(200, listOf([]));
    const input = { user: { userName: 'jane.doe' }, group: { displayName: 'none' } };
    expect(await rejection(deleteIdentity(client(), { userName: 'jane.doe' }))).toMatchObject({
      code: 'not-found',
      exitCode: 5,
    });
    expect((await rejection(addToGroup(client(), input))).message).toBe('There is no group "none".');
  });
});

describe('an answer that shows that it was not done is an error', () => {
  mockService();

  test.each([
    { id: '1', active: true },
    { id: '1', active: 'True' },
    { userName: 'jane.doe', active: true },
  ])('the user is %j after it was deactivated', async (shown) => {
    service().patch('/Users/1').reply(200, shown);
    expect((await rejection(deprovisionIdentity(client(), { id: '1' }))).message).toContain(
      'shows the user as active still',
    );
  });

  test('the user is a member after it was removed', async () => {
    service()
      .patch('/Groups/9')
      .reply(200, { id: '9', members: [{ value: '2' }, { value: '1' }] });
    const error = await rejection(removeFromGroup(client(), { user: { id: '1' }, group: { id: '9' } }));
    expect(error.message).toContain('shows the user as a member still');
  });

  test('the user is no member after it was added', async () => {
    service().get('/Groups/9').reply(200, { id: '9' });
    service()
      .patch('/Groups/9')
      .reply(200, { id: '9', members: [{ value: '2' }] });
    const error = await rejection(addToGroup(client(), { user: { id: '1' }, group: { id: '9' } }));
    expect(error.message).toContain('shows members, and the user is none of them');
  });

  test('a change that shows another user or group', async () => {
    lookUp('jane.doe', { id: '1', userName: 'jane.doe' });
    service().patch('/Users/1').reply(200, { id: '2' });
    service().get('/Groups/9').reply(200, { id: '9' });
    service().patch('/Groups/9').reply(200, { id: '8' });
    service().delete('/Users/1').reply(200, { id: '2' });
    const another = 'is another resource than was asked for';
    expect((await rejection(syncIdentity(client(), { attributes }))).message).toContain(another);
    const input = { user: { id: '1' }, group: { id: '9' } };
    expect((await rejection(addToGroup(client(), input))).message).toContain(another);
    expect((await rejection(deleteIdentity(client(), { id: '1' }))).message).toContain(another);
  });

  test('a creation that shows another name: the next action would be on whoever has that id', async () => {
    lookUp('jane.doe');
    service().post('/Users').reply(201, { id: '1', userName: 'root' });
    service().post('/Groups').reply(201, { id: '9', displayName: 'Admins' });
    const user = await rejection(syncIdentity(client(), { attributes }));
    expect(user.message).toContain('shows another userName than was sent');
    const group = await rejection(createEntitlement(client(), { displayName: 'Engineering' }));
    expect(group.message).toContain('shows another displayName than was sent');
  });

  test('a group or user that is not there is told, and the second request of an add is not sent', async () => {
    service().get('/Groups/9').reply(404, scimError(404, 'No such group.'));
    service().patch('/Users/1').reply(404, scimError(404, 'No such user.'));
    expect(await rejection(addToGroup(client(), { user: { id: '1' }, group: { id: '9' } }))).toMatchObject({
      code: 'not-found',
    });
    expect(await rejection(deprovisionIdentity(client(), { id: '1' }))).toMatchObject({ code: 'not-found' });
  });
});

describe('a dry run', () => {
  mockService();
  const dryRun = { dryRun: true };
  const unsent = (result: { steps: readonly { outcome: string; request: object }[] }) =>
    result.steps.filter(({ outcome }) => outcome === 'not-sent').map(({ request }) => request);

  test('reads, and gives the request that would change something as a document', async () => {
    lookUp('jane.doe');
    const result = await syncIdentity(client(), { attributes }, dryRun);
    expect(result).toMatchObject({ outcome: 'created', id: undefined, dryRun: true });
    expect(unsent(result)).toEqual([
      { method: 'POST', path: '/Users', headers: { 'content-type': 'application/scim+json' }, body: newJane },
    ]);
  });

  test('of an action on ids sends nothing that changes, and of most nothing at all', async () => {
    service().get('/Groups/9').reply(200, { id: '9' });
    const scim = client();
    const input = { user: { id: '1' }, group: { id: '9' } };
    expect(unsent(await addToGroup(scim, input, dryRun))).toHaveLength(1);
    expect(unsent(await removeFromGroup(scim, input, dryRun))).toHaveLength(1);
    expect(unsent(await deprovisionIdentity(scim, { id: '1' }, dryRun))).toHaveLength(1);
    expect(unsent(await deleteIdentity(scim, { id: '1' }, dryRun))).toEqual([{ method: 'DELETE', path: '/Users/1' }]);
    expect(unsent(await createEntitlement(scim, { displayName: 'x' }, dryRun))).toHaveLength(1);
  });
});

describe('in the dialect of a Veza tenant', () => {
  mockService();
  const scim = () => client({ dialect: 'veza' });
  const email = 'jane.doe@example.com';

  test('a new user needs names, and the primary e-mail address as user name', async () => {
    lookUp('jane.doe');
    const error = await rejection(syncIdentity(scim(), { attributes: { ...attributes, family_name: '' } }));
    expect(error.message).toBe(
      'The user cannot be made: name.familyName is missing; displayName is missing; userName is not the primary e-mail address.',
    );
    lookUp(email);
    service()
      .post('/Users', (body) => body.userName === email)
      .reply(200, { id: '7' });
    const whole = { ...attributes, user_name: email, display_name: 'Jane' };
    expect(await syncIdentity(scim(), { attributes: whole })).toMatchObject({ outcome: 'created', id: '7' });
  });

  test('deleting deactivates, and the outcome says so', async () => {
    service().delete('/Users/7').reply(200, {});
    expect(await deleteIdentity(scim(), { id: '7' })).toMatchObject({ outcome: 'deactivated' });
  });

  test('a group is read by a filter on its id before a member is added', async () => {
    service()
      .get('/Groups')
      .query({ filter: 'id eq "9"' })
      .reply(200, listOf([{ id: '9' }]));
    service().patch('/Groups/9').reply(200, {});
    expect(await addToGroup(scim(), { user: { id: '1' }, group: { id: '9' } })).toMatchObject({ outcome: 'added' });
  });
});
