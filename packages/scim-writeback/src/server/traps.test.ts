import { describe, expect, test } from 'vitest';
import {
  createGroup,
  createUser,
  enterpriseUrn,
  groupBody,
  membersOf,
  patchBody,
  startService,
  userBody,
  userUrn,
} from './test-service.ts';

// What broke one or more of the known servers on their first meeting with a real client.

test.each(['application/scim+json; charset=utf-8', 'application/json; charset=UTF-8'])(
  '"; charset" on the content type is taken: %s',
  async (type) => {
    const { call } = await startService();
    const answer = await call('POST', '/Users', { body: userBody('jane'), headers: { 'content-type': type } });
    expect(answer.status).toBe(201);
  },
);

test('the content type of answers is bare, also of refusals', async () => {
  const { call } = await startService();
  const answers = [
    await call('POST', '/Users', { body: userBody('jane') }),
    await call('GET', '/Users'),
    await call('GET', '/Users/unknown'),
    await call('GET', '/Schemas', { token: null }),
    await call('GET', '/Users', { token: null }),
  ];
  expect(answers.map(({ headers }) => headers['content-type'])).toEqual(Array(5).fill('application/scim+json'));
});

test('201 has a Location that is meta.location, and an ETag that is meta.version', async () => {
  const { call } = await startService();
  for (const [path, body] of [
    ['/Users', userBody('jane')],
    ['/Groups', groupBody('Staff')],
  ] as const) {
    const answer = await call('POST', path, { body });
    expect(answer.status).toBe(201);
    expect(answer.headers.location).toBe(`https://scim.example.com/v2${path}/${answer.body.id}`);
    expect(answer.headers).toMatchObject({ location: answer.body.meta.location, etag: answer.body.meta.version });
    expect(answer.body.meta.lastModified).toBe(answer.body.meta.created);
    expect(answer.body.meta.created).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
});

test('401 has WWW-Authenticate that names each scheme', async () => {
  const { call } = await startService();
  for (const token of [null, 'unknown', '']) {
    const answer = await call('GET', '/Users', { token });
    expect(answer).toMatchObject({
      status: 401,
      headers: { 'www-authenticate': 'Bearer realm="scim", Basic realm="scim", charset="UTF-8"' },
      body: { status: '401' },
    });
  }
});

test('the status of an error is a string, and it has no further members', async () => {
  const { call } = await startService();
  await call('POST', '/Users', { body: userBody('jane') });
  const answer = await call('POST', '/Users', { body: userBody('JANE') });
  expect(answer.body).toStrictEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    scimType: 'uniqueness',
    detail: expect.any(String),
    status: '409',
  });
});

test('a list has no further members, also of none', async () => {
  const { call } = await startService();
  const { status, body } = await call('GET', '/Users?filter=userName%20eq%20%22nobody%22&startIndex=1&count=100');
  expect(status).toBe(200);
  expect(body).toStrictEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  });
});

test('ServiceProviderConfig has the limits of bulk and filter, also of what is off', async () => {
  const { call } = await startService({ limits: { maxCount: 321 } });
  const { body } = await call('GET', '/ServiceProviderConfig', { token: null });
  expect(body).toMatchObject({
    bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
    filter: { supported: true, maxResults: 321 },
    patch: { supported: true },
    sort: { supported: true },
    etag: { supported: true },
    changePassword: { supported: false },
    authenticationSchemes: [{ type: 'oauthbearertoken', primary: true }, { type: 'httpbasic' }],
  });
});

test('schemas and id are in selected answers', async () => {
  const service = await startService();
  const id = await createUser(service, 'jane', { displayName: 'Jane' });
  const selected = { schemas: [userUrn], id, displayName: 'Jane' };
  const list = await service.call('GET', '/Users?attributes=displayName');
  expect(list.body.Resources).toEqual([selected]);
  expect((await service.call('GET', `/Users/${id}?attributes=displayName`)).body).toEqual(selected);
});

test('canonicalValues are suggestions', async () => {
  const { call } = await startService();
  const emails = [{ value: 'jane@example.com', type: 'holiday' }];
  expect(await call('POST', '/Users', { body: userBody('jane', { emails }) })).toMatchObject({
    status: 201,
    body: { emails },
  });
});

test('readOnly "groups: []" is ignored on create', async () => {
  const { call } = await startService();
  const answer = await call('POST', '/Users', { body: userBody('jane', { groups: [], id: 'mine', meta: {} }) });
  expect(answer.status).toBe(201);
  expect(answer.body.id).not.toBe('mine');
  expect(answer.body).not.toHaveProperty('groups');
});

test('the filter on userName does not depend on case', async () => {
  const service = await startService();
  await createUser(service, 'Jane.Doe@example.com');
  const { body } = await service.call('GET', '/Users?filter=USERNAME%20eq%20%22JANE.doe@EXAMPLE.com%22');
  expect(body.totalResults).toBe(1);
});

test('quotes and nested parentheses stand in filters', async () => {
  const service = await startService();
  await createGroup(service, 'Say "hi" (all)]');
  const count = async (filter: string) =>
    (await service.call('GET', `/Groups?filter=${encodeURIComponent(filter)}`)).body.totalResults;
  expect(await count('displayName eq "Say \\"hi\\" (all)]"')).toBe(1);
  expect(await count('((displayName sw "Say") and (not ((externalId pr))))')).toBe(1);
});

test('the same member twice is a member once', async () => {
  const service = await startService();
  const jane = await createUser(service, 'jane');
  const group = await createGroup(service, 'Staff', [jane, jane]);
  const twice = patchBody({ op: 'add', path: 'members', value: [{ value: jane }, { value: jane, display: 'J' }] });
  expect((await service.call('PATCH', `/Groups/${group}`, { body: twice })).status).toBe(204);
  const put = groupBody('Staff', [jane, jane]);
  expect((await service.call('PUT', `/Groups/${group}`, { body: put })).status).toBe(200);
  expect(await membersOf(service, group)).toEqual([jane]);
});

describe('what changes nothing changes neither version nor lastModified', () => {
  test('PATCH and PUT of a user', async () => {
    const service = await startService();
    const id = await createUser(service, 'jane', { emails: [{ value: 'jane@example.com', type: 'work' }] });
    const { body: before } = await service.call('GET', `/Users/${id}`);
    const patches = [
      { op: 'replace', path: 'active', value: 'True' },
      { op: 'add', value: { emails: [{ type: 'work', value: 'jane@example.com' }] } },
      { op: 'remove', path: 'title' },
      { op: 'replace', path: 'id', value: id },
    ];
    for (const patch of patches) {
      const { body } = await service.call('PATCH', `/Users/${id}`, { body: patchBody(patch) });
      expect(body).toEqual(before);
    }
    expect((await service.call('PUT', `/Users/${id}`, { body: before })).body).toEqual(before);
    expect(await service.directory.organization('acme').revision()).toBe(1);
  });

  test('PATCH and PUT of a group', async () => {
    const service = await startService();
    const jane = await createUser(service, 'jane');
    const group = await createGroup(service, 'Staff', [jane]);
    const { body: before } = await service.call('GET', `/Groups/${group}`);
    const patches = [
      { op: 'add', path: 'members', value: [{ value: jane }] },
      { op: 'remove', path: 'members', value: [{ value: group }] },
      { op: 'replace', path: 'members', value: [{ value: jane }] },
      { op: 'replace', value: { id: group, displayName: 'Staff' } },
    ];
    for (const patch of patches) {
      const { status, headers } = await service.call('PATCH', `/Groups/${group}`, { body: patchBody(patch) });
      expect({ status, etag: headers.etag }).toEqual({ status: 204, etag: before.meta.version });
    }
    expect((await service.call('PUT', `/Groups/${group}`, { body: before })).body).toEqual(before);
  });
});

test('"remove" of members with a value list takes out the listed ones only', async () => {
  const service = await startService();
  const [jane, joe] = [await createUser(service, 'jane'), await createUser(service, 'joe')];
  const group = await createGroup(service, 'Staff', [jane, joe]);
  for (const op of ['remove', 'Remove']) {
    const body = patchBody({ op, path: 'members', value: [{ value: jane }] });
    expect((await service.call('PATCH', `/Groups/${group}`, { body })).status).toBe(204);
    expect(await membersOf(service, group)).toEqual([joe]);
  }
});

// A list without elements is sent as null by programs in Go.
test.each([[[]], [null], ['']])('"remove" of members with the empty value %j takes out nobody', async (value) => {
  const service = await startService();
  const [jane, joe] = [await createUser(service, 'jane'), await createUser(service, 'joe')];
  const group = await createGroup(service, 'Staff', [jane, joe]);
  const before = (await service.call('GET', `/Groups/${group}`)).body;
  const body = patchBody({ op: 'remove', path: 'members', value });
  expect((await service.call('PATCH', `/Groups/${group}`, { body })).status).toBe(204);
  expect((await service.call('GET', `/Groups/${group}`)).body).toEqual(before);
  const all = patchBody({ op: 'remove', path: 'members' });
  expect((await service.call('PATCH', `/Groups/${group}`, { body: all })).status).toBe(204);
  expect(await membersOf(service, group)).toEqual([]);
});

test('two "Add"s on one unmatched value path make one entry', async () => {
  const service = await startService();
  const id = await createUser(service, 'jane');
  const body = patchBody(
    { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Oslo' },
    { op: 'Add', path: 'addresses[type eq "work"].country', value: 'NO' },
  );
  const answer = await service.call('PATCH', `/Users/${id}`, { body });
  expect(answer.body.addresses).toEqual([{ type: 'work', locality: 'Oslo', country: 'NO' }]);
});

test.each(['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', `/Schemas/${userUrn}`, '/ResourceTypes/User'])(
  'a filter on %s is answered 403',
  async (path) => {
    const { call } = await startService();
    expect((await call('GET', path, { token: null })).status).toBe(200);
    expect(await call('GET', `${path}?filter=id%20pr`)).toMatchObject({ status: 403, body: { status: '403' } });
  },
);

test('PUT without a required attribute is refused', async () => {
  const service = await startService();
  const user = await createUser(service, 'jane');
  const group = await createGroup(service, 'Staff');
  const answers = [
    await service.call('PUT', `/Users/${user}`, { body: { schemas: [userUrn], displayName: 'Jane' } }),
    await service.call('PUT', `/Groups/${group}`, { body: { ...groupBody(' ') } }),
  ];
  for (const answer of answers) expect(answer).toMatchObject({ status: 400, body: { scimType: 'invalidValue' } });
  expect((await service.call('GET', `/Users/${user}`)).body.userName).toBe('jane');
});

test('the second DELETE answers 404, and so does everything else', async () => {
  const service = await startService();
  for (const path of [
    `/Users/${await createUser(service, 'jane')}`,
    `/Groups/${await createGroup(service, 'Staff')}`,
  ]) {
    expect(await service.call('DELETE', path)).toMatchObject({ status: 204, text: '' });
    const body = path.startsWith('/Users') ? userBody('jane') : groupBody('Staff');
    const answers = [
      await service.call('DELETE', path),
      await service.call('GET', path),
      await service.call('PUT', path, { body }),
      await service.call('PATCH', path, { body: patchBody({ op: 'remove', path: 'externalId' }) }),
    ];
    for (const answer of answers) expect(answer).toMatchObject({ status: 404, body: { status: '404' } });
  }
  expect((await service.call('GET', '/Users')).body.totalResults).toBe(0);
  expect((await service.call('POST', '/Users', { body: userBody('jane') })).status).toBe(201);
});

test('parallel adds of one member each are all kept', async () => {
  const service = await startService();
  const group = await createGroup(service, 'Staff');
  const users = await Promise.all(Array.from({ length: 40 }, (_, index) => createUser(service, `user-${index}`)));
  const answers = await Promise.all(
    users.map((value) =>
      service.call('PATCH', `/Groups/${group}`, {
        body: patchBody({ op: 'add', path: 'members', value: [{ value }] }),
      }),
    ),
  );
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([204]));
  expect(new Set(answers.map(({ headers }) => headers.etag)).size).toBe(40);
  expect(await membersOf(service, group)).toEqual(users.toSorted());
});

test('dotted and URN paths of a PATCH change what they name', async () => {
  const service = await startService();
  const id = await createUser(service, 'jane');
  const operations = [
    { op: 'replace', path: 'name.givenName', value: 'Jane' },
    { op: 'replace', value: { 'name.familyName': 'Doe', [`${enterpriseUrn}:department`]: 'IT' } },
  ];
  const { body } = await service.call('PATCH', `/Users/${id}`, { body: patchBody(...operations) });
  expect(body).toMatchObject({
    schemas: [userUrn, enterpriseUrn],
    name: { givenName: 'Jane', familyName: 'Doe' },
    [enterpriseUrn]: { department: 'IT' },
  });
  const unknown = patchBody({ op: 'replace', path: 'name.nothing', value: 'x' });
  expect(await service.call('PATCH', `/Users/${id}`, { body: unknown })).toMatchObject({
    status: 400,
    body: { scimType: 'invalidPath' },
  });
});
