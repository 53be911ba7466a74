import { describe, expect, test } from 'vitest';
import { client, listOf, mockService, rejection, scimError, scimJson, service } from '../client/test-service.ts';
import { createEntitlement } from './create-entitlement.ts';
import { deleteIdentity } from './delete-identity.ts';
import { deprovisionIdentity } from './deprovision-identity.ts';
import { addToGroup, removeFromGroup } from './manage-relationships.ts';
import { syncIdentity } from './sync-identity.ts';

const userUrn = 'urn:ietf:params:scim:schemas:core:2.0:User';
const groupUrn = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const patchOf = (...Operations: readonly object[]) => ({
  schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'],
  Operations,
});
const taken = scimError(409, 'userName is taken.', 'uniqueness');

const attributes = {
  user_name: 'jane.doe',
  given_name: 'Jane',
  family_name: 'Doe',
  formatted_name: 'Jane Doe',
  emails: 'jane.doe@example.com',
};
/** The body of "Sync Identities (Create User)". */
const newJane = {
  schemas: [userUrn],
  userName: 'jane.doe',
  name: { givenName: 'Jane', familyName: 'Doe', formatted: 'Jane Doe' },
  emails: [{ value: 'jane.doe@example.com', primary: true }],
  active: true,
};

/** Answers the look-up of a user name. */
function lookUp(userName: string, ...found: readonly object[]): void {
  service()
    .get('/Users')
    .query({ filter: `userName eq "${userName}"` })
    .reply(200, listOf(found), scimJson);
}

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

describe('a sync', () => {
  mockService();

  test('sends nothing when the user is as it should be, whatever the service has added', async () => {
    const emails = [{ value: 'jane.doe@example.com', primary: true, type: 'work' }];
    lookUp('jane.doe', { id: '1', ...newJane, emails, active: false, title: 'Engineer' });
    const result = await syncIdentity(client(), { attributes });
    expect(result).toMatchObject({ outcome: 'unchanged', id: '1' });
    expect(result.steps).toHaveLength(1);
  });

  test('names sub-attributes and attributes of extensions by their paths, and unassigns what is empty', async () => {
    const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
    lookUp('jane.doe', {
      id: '1',
      userName: 'jane.doe',
      title: 'Engineer',
      [enterprise]: { department: 'R&D', division: 'A' },
    });
    const operations = [
      { op: 'remove', path: 'title' },
      { op: 'replace', path: 'name.givenName', value: 'Jane' },
      { op: 'replace', path: `${enterprise}:department`, value: 'Sales' },
    ];
    service()
      .patch('/Users/1', patchOf(...operations))
      .reply(204);
    const wanted = {
      user_name: 'jane.doe',
      given_name: 'Jane',
      nick_name: null,
      title: '',
      [`${enterprise}:department`]: 'Sales',
      [`${enterprise}:division`]: 'A',
    };
    expect(await syncIdentity(client(), { attributes: wanted })).toMatchObject({ outcome: 'updated' });
  });

  test('brings nobody back who was deactivated, unless it is told to', async () => {
    lookUp('jane.doe', { id: '1', ...newJane, active: false });
    lookUp('jane.doe', { id: '1', ...newJane, active: false });
    service()
      .patch('/Users/1', patchOf({ op: 'replace', path: 'active', value: true }))
      .reply(204);
    expect(await syncIdentity(client(), { attributes })).toMatchObject({ outcome: 'unchanged' });
    expect(await syncIdentity(client(), { attributes, reactivate: true })).toMatchObject({ outcome: 'updated' });
  });

  test('with If-Match reads again when somebody else was first', async () => {
    const title = { attributes: { user_name: 'jane.doe', title: 'Boss' }, ifUnchanged: true };
    const patch = patchOf({ op: 'replace', path: 'title', value: 'Boss' });
    for (const [version, status] of [
      ['W/"1"', 412],
      ['W/"2"', 204],
    ] as const) {
      lookUp('jane.doe', { id: '1', userName: 'jane.doe', meta: { version } });
      service().patch('/Users/1', patch).matchHeader('if-match', version).reply(status);
    }
    expect(await syncIdentity(client(), title)).toMatchObject({ outcome: 'updated' });
    for (let attempt = 0; attempt < 4; attempt += 1) {
      lookUp('jane.doe', { id: '1', userName: 'jane.doe', meta: { version: `W/"${attempt}"` } });
      service().patch('/Users/1', patch).reply(412, scimError(412, 'Changed.'));
    }
    expect(await rejection(syncIdentity(client(), title))).toMatchObject({ status: 412 });
  });

  test('that gets no answer to its POST looks whether the user is there, and makes no second', async () => {
    lookUp('jane.doe');
    service().post('/Users').reply(504);
    lookUp('jane.doe', { id: '1', ...newJane });
    const result = await syncIdentity(client(), { attributes });
    expect(result).toMatchObject({ outcome: 'created', id: '1' });
    expect(result.steps.map(({ outcome, status }) => [outcome, status])).toEqual([
      ['answered', 200],
      ['refused', 504],
      ['answered', 200],
    ]);
  });

  test('that gets no answer to its POST, and finds nobody, says so', async () => {
    lookUp('jane.doe');
    service().post('/Users').reply(504);
    lookUp('jane.doe');
    expect(await rejection(syncIdentity(client(), { attributes }))).toMatchObject({
      exitCode: 6,
      mayHaveBeenReceived: true,
    });
  });

  test.each([
    ['somebody else', [{ id: '1', userName: 'root' }], 1, 'holds others than the filter on userName asks for'],
    [
      'everybody',
      [
        { id: '1', userName: 'jane.doe' },
        { id: '2', userName: 'root' },
      ],
      2,
      'holds others',
    ],
    ['nobody of three', [], 3, 'speaks of 3 resources and shows none'],
    [
      'two of that name',
      [
        { id: '1', userName: 'jane.doe' },
        { id: '2', userName: 'Jane.Doe' },
      ],
      2,
      'There are several Users',
    ],
    ['one of two', [{ id: '1', userName: 'jane.doe' }], 2, 'There are several Users'],
  ])('changes nobody when the look-up gives %s', async (_, found, total, message) => {
    service().get('/Users').query(true).reply(200, listOf(found, total));
    expect((await rejection(syncIdentity(client(), { attributes }))).message).toContain(message);
  });

  test('refuses attributes that no user can have, all at once, before anything is sent', async () => {
    const error = await rejection(syncIdentity(client(), { attributes: { user_name: 'x', titel: 'y', emails: '[' } }));
    expect(error).toMatchObject({ name: 'InputError', exitCode: 3 });
    expect(error.message).toMatch(/"titel"[\s\S]*"emails"|"emails"[\s\S]*"titel"/);
  });
});

describe('a user name that is taken', () => {
  mockService();
  const withId = { ...attributes, external_id: 'e-2' };

  test('leads to the next fallback, which is looked up as the first was', async () => {
    lookUp('jane.doe');
    service()
      .post('/Users', { ...newJane })
      .reply(409, taken, scimJson);
    lookUp('jdoe');
    service()
      .post('/Users', { ...newJane, userName: 'jdoe' })
      .reply(201, { id: '5' });
    const fallbackUserNames = ['jane.doe', 'jdoe', 'janed'];
    expect(await syncIdentity(client(), { attributes, fallbackUserNames })).toMatchObject({
      outcome: 'created',
      id: '5',
      userName: 'jdoe',
    });
  });

  test('by a person with another external id is not updated: the fallback is made', async () => {
    lookUp('jane.doe', { id: '1', ...newJane, externalId: 'e-1' });
    lookUp('jdoe');
    service()
      .post('/Users', (body) => body.userName === 'jdoe' && body.externalId === 'e-2')
      .reply(201, { id: '5' });
    expect(await syncIdentity(client(), { attributes: withId, fallbackUserNames: ['jdoe'] })).toMatchObject({
      id: '5',
    });
  });

  test('by a person with another external id stops a sync without fallbacks', async () => {
    lookUp('jane.doe', { id: '1', ...newJane, externalId: 'e-1' });
    const error = await rejection(syncIdentity(client(), { attributes: withId }));
    expect([error.exitCode, error.message]).toEqual([8, expect.stringContaining('taken by somebody else: "jane.doe"')]);
  });

  test('the fallback that the person has from before is found again by the external id', async () => {
    lookUp('jane.doe', { id: '1', ...newJane, externalId: 'e-1' });
    lookUp('jdoe', { id: '5', ...newJane, userName: 'jdoe', externalId: 'e-2' });
    expect(await syncIdentity(client(), { attributes: withId, fallbackUserNames: ['jdoe'] })).toMatchObject({
      outcome: 'unchanged',
      id: '5',
      userName: 'jdoe',
    });
  });

  test('whoever has a fallback name is never updated without such an id', async () => {
    lookUp('jane.doe');
    service().post('/Users').reply(409, taken);
    lookUp('jdoe', { id: '5', ...newJane, userName: 'jdoe' });
    const error = await rejection(syncIdentity(client(), { attributes, fallbackUserNames: ['jdoe'] }));
    expect(error).toMatchObject({ name: 'GuardError', exitCode: 8 });
  });

  test('with no free name at all ends with the last refusal', async () => {
    for (const name of ['jane.doe', 'jdoe']) {
      lookUp(name);
      service()
        .post('/Users', (body) => body.userName === name)
        .reply(409, taken);
    }
    const error = await rejection(syncIdentity(client(), { attributes, fallbackUserNames: ['jdoe'] }));
    expect(error).toMatchObject({ status: 409, remoteCode: 'uniqueness', exitCode: 5 });
  });

  test('only 409 uniqueness is about a name: another refusal ends it', async () => {
    lookUp('jane.doe');
    service().post('/Users').reply(409, scimError(409, 'Busy.'));
    expect(await rejection(syncIdentity(client(), { attributes, fallbackUserNames: ['jdoe'] }))).toMatchObject({
      status: 409,
    });
  });

  test('at most 20 names are tried', async () => {
    const names = Array.from({ length: 200 }, (_, index) => `jane${index}`);
    for (const name of ['jane.doe', ...names.slice(0, 19)]) {
      lookUp(name);
      service()
        .post('/Users', (body) => body.userName === name)
        .reply(409, taken);
    }
    await rejection(syncIdentity(client(), { attributes, fallbackUserNames: names }));
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

describe('access that was to go and is still there is an error', () => {
  mockService();

  test.each([true, 'True'])('active is %j after it was deactivated', async (active) => {
    service().patch('/Users/1').reply(200, { id: '1', active });
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
