import { expect, test } from 'vitest';
import { describeHosts } from '../../support/scim-host.ts';
import { badge } from '../../support/scim-urns.ts';

/** The bodies of the requirements document, with ids in place. */
const createUser = `{
  "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
  "userName": "jane.doe",
  "name": {
    "givenName": "Jane",
    "familyName": "Doe",
    "formatted": "Jane Doe"
  },
  "emails": [
    {"value": "jane.doe@example.com", "primary": true}
  ],
  "active": true
}`;

const patch = (operation: string) => `{
  "schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
  "Operations": [
    ${operation}
  ]
}`;

const findJane = `/Users?filter=${encodeURIComponent('userName eq "jane.doe"')}`;

/** Attributes that the tenant maps, with values as its policies give them. */
const attributeMap: readonly (readonly [path: string, value: unknown])[] = [
  ['userName', 'jane.smith'],
  ['emails', [{ value: 'jane.smith@example.com', primary: true }]],
  ['displayName', 'Jane Smith'],
  ['title', 'Manager'],
  ['nickName', 'Janie'],
  ['externalId', 'E-0042'],
  ['phoneNumbers', [{ value: '+1 555 0100', type: 'work' }]],
  ['addresses', [{ streetAddress: '1 Main St', locality: 'Springfield', type: 'work' }]],
  ['ims', [{ value: 'jane', type: 'skype' }]],
  ['photos', [{ value: 'https://example.com/jane.png', type: 'photo' }]],
  ['locale', 'en-US'],
  ['preferredLanguage', 'en'],
  ['profileUrl', 'https://example.com/jane'],
  ['timezone', 'America/Los_Angeles'],
  ['userType', 'Employee'],
  ['name.formatted', 'Jane Smith'],
  ['name.familyName', 'Smith'],
  ['name.givenName', 'Janet'],
  ['name.middleName', 'M'],
  [`${badge}:color`, 'Blue'],
];

describeHosts('2.1 The tenant', (connect) => {
  test('Sync Identities, create: the user is looked for, made, and answered with its id', async () => {
    const scim = await connect();
    expect((await scim.get(findJane)).body).toMatchObject({ totalResults: 0, Resources: [] });
    const answer = await scim.post('/Users', createUser);
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ ...JSON.parse(createUser), id: expect.stringMatching(/./) });
    expect((await scim.get(findJane)).body).toMatchObject({ totalResults: 1, Resources: [{ id: answer.body.id }] });
  });

  test('Sync Identities, create: a name that is taken is 409 uniqueness, and the fallback succeeds', async () => {
    const scim = await connect();
    await scim.post('/Users', createUser);
    const again = await scim.post('/Users', createUser.replace('jane.doe"', 'Jane.Doe"'));
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
    expect((await scim.post('/Users', createUser.replace('jane.doe"', 'jane.doe2"'))).status).toBe(201);
  });

  test('Sync Identities, create: Basic works as well as a token', async () => {
    const scim = await connect({ basic: { userName: 'scim-service-account', password: 'secure-password-here' } });
    const as = `Basic ${Buffer.from('scim-service-account:secure-password-here').toString('base64')}`;
    expect((await scim.post('/Users', createUser, { as })).status).toBe(201);
    expect((await scim.get(findJane, { as })).body.totalResults).toBe(1);
  });

  test('Sync Identities, update: the user is found by name and an attribute is replaced', async () => {
    const scim = await connect();
    await scim.post('/Users', createUser);
    const [{ id }] = (await scim.get(findJane)).body.Resources;
    const body = patch('{"op": "replace", "path": "displayName", "value": "Jane Smith"}');
    expect([200, 204]).toContain((await scim.request('PATCH', `/Users/${id}`, { body })).status);
    expect(await scim.read(`/Users/${id}`)).toMatchObject({ ...JSON.parse(createUser), displayName: 'Jane Smith' });
  });

  test.each(attributeMap)('Sync Identities, update: %s of the attribute map', async (path, value) => {
    const scim = await connect();
    const { id } = (await scim.post('/Users', createUser)).body;
    const body = patch(JSON.stringify({ op: 'replace', path, value }));
    expect([200, 204]).toContain((await scim.request('PATCH', `/Users/${id}`, { body })).status);
    const user = await scim.read(`/Users/${id}`);
    const [name = '', part = ''] = path.startsWith('urn:') ? [badge, 'color'] : path.split('.');
    expect(part === '' ? user[name] : user[name][part]).toEqual(value);
  });

  test('De-provision: active is false, and the record stays', async () => {
    const scim = await connect();
    const { id } = (await scim.post('/Users', createUser)).body;
    const body = patch('{"op": "replace", "path": "active", "value": false}');
    expect([200, 204]).toContain((await scim.request('PATCH', `/Users/${id}`, { body })).status);
    expect(await scim.read(`/Users/${id}`)).toMatchObject({ ...JSON.parse(createUser), active: false });
    expect((await scim.get(findJane)).body.totalResults).toBe(1);
  });

  test('De-provision: a second time is success as well', async () => {
    const scim = await connect();
    const { id } = (await scim.post('/Users', createUser)).body;
    const body = patch('{"op": "replace", "path": "active", "value": false}');
    const first = await scim.request('PATCH', `/Users/${id}`, { body });
    const second = await scim.request('PATCH', `/Users/${id}`, { body });
    expect([second.status, second.body]).toEqual([first.status, first.body]);
  });

  test('Delete Identity: 204, and the user is gone', async () => {
    const scim = await connect();
    const { id } = (await scim.post('/Users', createUser)).body;
    expect((await scim.delete(`/Users/${id}`)).status).toBe(204);
    expect((await scim.get(findJane)).body.totalResults).toBe(0);
    expect((await scim.delete(`/Users/${id}`)).status).toBe(404);
  });

  test('Manage Relationships, add: the group is read, the member appended, and twice is once', async () => {
    const scim = await connect();
    const other = await scim.createUser({ userName: 'otto' });
    const { id } = (await scim.post('/Users', createUser)).body;
    const group = await scim.createGroup({ displayName: 'Engineering Team', members: [{ value: other.id }] });
    const body = patch(`{
      "op": "add",
      "path": "members",
      "value": [{"value": "${id}"}]
    }`);
    for (let sent = 0; sent < 2; sent++) {
      expect((await scim.get(`/Groups/${group.id}`)).status).toBe(200);
      expect([200, 204]).toContain((await scim.request('PATCH', `/Groups/${group.id}`, { body })).status);
    }
    const { members } = await scim.read(`/Groups/${group.id}`);
    expect(members.map(({ value }: { value: string }) => value).toSorted()).toEqual([other.id, id].toSorted());
    expect((await scim.read(`/Users/${id}`)).groups).toMatchObject([{ value: group.id }]);
  });

  test('Manage Relationships, remove: only the named member goes, and nobody else', async () => {
    const scim = await connect();
    const others = [await scim.createUser({ userName: 'otto' }), await scim.createUser({ userName: 'kim' })];
    const { id } = (await scim.post('/Users', createUser)).body;
    const members = [...others, { id }].map((user) => ({ value: user.id }));
    const group = await scim.createGroup({ displayName: 'Engineering Team', members });
    const body = patch(`{
      "op": "remove",
      "path": "members",
      "value": [{"value": "${id}"}]
    }`);
    for (let sent = 0; sent < 2; sent++) {
      expect([200, 204]).toContain((await scim.request('PATCH', `/Groups/${group.id}`, { body })).status);
      const left = (await scim.read(`/Groups/${group.id}`)).members;
      expect(left.map(({ value }: { value: string }) => value).toSorted()).toEqual(
        others.map((user) => user.id).toSorted(),
      );
    }
    expect(await scim.read(`/Users/${id}`)).not.toHaveProperty('groups');
  });

  test('Create Entitlement: a group is made of its name alone', async () => {
    const scim = await connect();
    const answer = await scim.post(
      '/Groups',
      `{
      "schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"],
      "displayName": "Engineering Team"
    }`,
    );
    expect(answer.status).toBe(201);
    expect(answer.body).toMatchObject({ id: expect.stringMatching(/./), displayName: 'Engineering Team' });
    expect((await scim.read('/Groups')).Resources).toEqual([await scim.read(`/Groups/${answer.body.id}`)]);
  });
});
