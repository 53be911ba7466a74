import { describe, expect, test } from 'vitest';
import { client, listOf, mockService, rejection, scimError, scimJson, service } from '../client/test-service.ts';
import { syncIdentity } from './sync-identity.ts';
import { attributes, lookUp, newJane, patchOf } from './test-requests.ts';

const taken = scimError(409, 'userName is taken.', 'uniqueness');

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

  test('with If-Match changes nobody whose version is not shown', async () => {
    const title = { attributes: { user_name: 'jane.doe', title: 'Boss' }, ifUnchanged: true };
    lookUp('jane.doe', { id: '1', userName: 'jane.doe' });
    const error = await rejection(syncIdentity(client(), title));
    expect(error).toMatchObject({ name: 'GuardError', hint: expect.stringContaining('--if-unchanged') });
  });

  test('without If-Match ends with a 412', async () => {
    lookUp('jane.doe', { id: '1', userName: 'jane.doe', meta: { version: 'W/"1"' } });
    service().patch('/Users/1').reply(412);
    const title = { attributes: { user_name: 'jane.doe', title: 'Boss' } };
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

  test('names attributes of the extensions of the service, when it has read its schemas', async () => {
    const payroll = 'urn:example:params:scim:schemas:extension:payroll:1.0:User';
    const schemas = [
      { id: payroll, name: 'Payroll', attributes: [{ name: 'costCenter', type: 'string' }] },
      { id: 'urn:example:broken', attributes: 'none' },
      { id: 'urn:ietf:params:scim:schemas:core:2.0:User', attributes: [] },
    ];
    const wanted = { user_name: 'jane.doe', [`${payroll}:costCenter`]: '7' };
    service().get('/Schemas').reply(200, listOf(schemas));
    lookUp('jane.doe', { id: '1', userName: 'jane.doe' });
    service()
      .patch('/Users/1', patchOf({ op: 'replace', path: `${payroll}:costCenter`, value: '7' }))
      .reply(204);
    const input = { attributes: wanted, extensionSchemas: true };
    expect(await syncIdentity(client(), input)).toMatchObject({ outcome: 'updated' });
    expect(await rejection(syncIdentity(client(), { attributes: wanted }))).toMatchObject({ exitCode: 3 });
    service()
      .get('/Schemas')
      .reply(200, listOf([{ id: payroll, attributes: 'none' }]));
    expect((await rejection(syncIdentity(client(), input))).message).toContain('has a schema that cannot be used');
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

  test('the person keeps the fallback name when the first has become free: there is no second account', async () => {
    lookUp('jane.doe');
    lookUp('jdoe', { id: '5', ...newJane, userName: 'jdoe', externalId: 'e-2' });
    expect(await syncIdentity(client(), { attributes: withId, fallbackUserNames: ['jdoe'] })).toMatchObject({
      outcome: 'unchanged',
      id: '5',
    });
  });

  test('the person who has a fallback name is preferred to somebody without an id who has the first', async () => {
    lookUp('jane.doe', { id: '1', ...newJane });
    lookUp('jdoe', { id: '5', ...newJane, userName: 'jdoe', externalId: 'e-2' });
    expect(await syncIdentity(client(), { attributes: withId, fallbackUserNames: ['jdoe'] })).toMatchObject({
      id: '5',
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
