import { expect, test } from 'vitest';
import { entraClient, entraUser } from '../../support/scim-entra-client.ts';
import { describeHosts, type HostClient } from '../../support/scim-host.ts';
import { enterprise, listResponse } from '../../support/scim-urns.ts';

const randomGuid = 'b2c1f3a0-8a39-4f06-9c55-6f5f3f1f8d10';

const createdUser = async (scim: HostClient, body: string = entraUser) => {
  const answer = await entraClient(scim).send('POST', '/Users', body);
  expect(answer.status).toBe(201);
  return answer.body;
};

describeHosts('3.1 Entra ID, users', (connect) => {
  test.each(['userName', 'externalId', 'emails[type eq "work"].value'])(
    'Test Connection: a filter on %s for nobody is an empty list',
    async (attribute) => {
      const entra = entraClient(await connect());
      const { status, body } = await entra.find('/Users', `${attribute} eq "${randomGuid}"`);
      expect(status).toBe(200);
      expect(body).toEqual({
        schemas: [listResponse],
        totalResults: 0,
        startIndex: 1,
        itemsPerPage: 0,
        Resources: [],
      });
    },
  );

  test('Test Connection: so is one for a group', async () => {
    const entra = entraClient(await connect());
    const { body } = await entra.find('/Groups', `displayName eq "${randomGuid}"`, 'excludedAttributes=members&');
    expect(body).toMatchObject({ totalResults: 0, Resources: [] });
  });

  test.each([
    'userName eq "TEST_USER_AB6490EE"',
    'externalId eq "0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef"',
    'emails[type eq "work"].value eq "Test_User_fd0ea19b@testuser.com"',
    'userName eq "Test_User_ab6490ee" and active eq "True"',
    'externalId eq 0a21f0f2-8d2a-4f8e-bf98-7363c4aed4ef',
  ])('Match user: %s finds the one', async (filter) => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    await scim.createUser({ userName: 'other', externalId: randomGuid });
    const { status, body } = await entraClient(scim).find('/Users', filter);
    expect([status, body.totalResults, body.Resources[0].id]).toEqual([200, 1, id]);
  });

  test('Create: as it is sent today', async () => {
    const scim = await connect();
    const user = await createdUser(scim);
    const { schemas: _, roles, meta, ...sent } = JSON.parse(entraUser);
    expect([roles, meta]).toEqual([[], { resourceType: 'User' }]);
    expect(user).toMatchObject({ ...sent, id: expect.stringMatching(/./) });
    expect(user).not.toHaveProperty('roles');
  });

  test('Create: with null members, manager at the top and a mistyped URN, as older samples have it', async () => {
    const scim = await connect();
    const body = `{
      "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User", "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"],
      "externalId": "jyoung",
      "userName": "jyoung",
      "active": true,
      "addresses": null,
      "displayName": "Joy Young",
      "emails": [{"type": "work", "value": "jyoung@Contoso.com", "primary": true}],
      "meta": {"resourceType": "User"},
      "name": {"familyName": "Young", "givenName": "Joy"},
      "phoneNumbers": null,
      "preferredLanguage": null,
      "title": null,
      "department": null,
      "manager": null
    }`;
    const user = await createdUser(scim, body);
    expect(user.schemas).toEqual(['urn:ietf:params:scim:schemas:core:2.0:User']);
    expect(Object.keys(user).toSorted()).toEqual([
      'active',
      'displayName',
      'emails',
      'externalId',
      'id',
      'meta',
      'name',
      'schemas',
      'userName',
    ]);
  });

  test('Create: a user that is there is 409', async () => {
    const scim = await connect();
    await createdUser(scim);
    const again = await entraClient(scim).send('POST', '/Users', entraUser);
    expect([again.status, again.body.scimType]).toEqual([409, 'uniqueness']);
  });

  test('Update: one operation for each attribute, with capitals and value paths', async () => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    const answer = await entraClient(scim).patch(
      `/Users/${id}`,
      { op: 'Replace', path: 'emails[type eq "work"].value', value: 'updatedEmail@microsoft.com' },
      { op: 'Replace', path: 'name.familyName', value: 'updatedFamilyName' },
      { op: 'Add', path: 'phoneNumbers[type eq "mobile"].value', value: '+1 555 0100' },
      { op: 'Add', path: 'addresses[type eq "work"].streetAddress', value: '1 Microsoft Way' },
      { op: 'Add', path: 'addresses[type eq "work"].locality', value: 'Redmond' },
      { op: 'Add', path: `${enterprise}:department`, value: 'Sales' },
      { op: 'Replace', path: 'title', value: 'Boss' },
      { op: 'Remove', path: 'nickName' },
    );
    expect([200, 204]).toContain(answer.status);
    expect(await scim.read(`/Users/${id}`)).toMatchObject({
      emails: [{ type: 'work', value: 'updatedEmail@microsoft.com', primary: true }],
      name: { familyName: 'updatedFamilyName', givenName: 'givenName' },
      phoneNumbers: [{ type: 'mobile', value: '+1 555 0100' }],
      addresses: [{ type: 'work', streetAddress: '1 Microsoft Way', locality: 'Redmond' }],
      title: 'Boss',
      [enterprise]: { department: 'Sales' },
    });
  });

  test('Add to a type that is not there: the entry is made, and filled by later operations', async () => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    await entraClient(scim).patch(
      `/Users/${id}`,
      { op: 'Add', path: 'emails[type eq "other"].value', value: 'other@example.com' },
      { op: 'Add', path: 'emails[type eq "other"].display', value: 'Other' },
      { op: 'Replace', path: 'emails[type eq "home"].value', value: 'home@example.com' },
    );
    expect((await scim.read(`/Users/${id}`)).emails).toEqual([
      { primary: true, type: 'work', value: 'Test_User_fd0ea19b@testuser.com' },
      { type: 'other', value: 'other@example.com', display: 'Other' },
      { type: 'home', value: 'home@example.com' },
    ]);
  });

  test.each([
    ['default', '', 'False', 'True'],
    ['flag', '?aadOptscim062020', false, true],
  ] as const)('Disable / enable: %s mode', async (_mode, flag, off, on) => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    const entra = entraClient(scim, flag);
    for (const [value, active] of [
      [off, false],
      [on, true],
    ] as const) {
      const op = flag === '' ? 'Replace' : 'replace';
      expect([200, 204]).toContain((await entra.patch(`/Users/${id}`, { op, path: 'active', value })).status);
      expect((await entra.send('GET', `/Users/${id}`)).body.active).toBe(active);
      const found = await entra.find('/Users', 'userName eq "Test_User_ab6490ee"');
      expect(found.body).toMatchObject({ totalResults: 1, Resources: [{ id, active }] });
    }
  });

  test('Restore: active is true again and nothing else has changed', async () => {
    const scim = await connect();
    const before = await createdUser(scim);
    const entra = entraClient(scim);
    await entra.patch(`/Users/${before.id}`, { op: 'Replace', path: 'active', value: 'False' });
    await entra.patch(`/Users/${before.id}`, { op: 'Replace', path: 'active', value: true });
    const { meta, ...after } = await scim.read(`/Users/${before.id}`);
    expect({ ...after, meta: { ...meta, lastModified: '', version: '' } }).toEqual({
      ...before,
      meta: { ...before.meta, lastModified: '', version: '' },
    });
  });

  test.each([
    ['Add', (id: string) => id],
    ['Replace', (id: string) => id],
    ['Add', (id: string) => [{ $ref: `../Users/${id}`, value: id }]],
    ['Replace', (id: string) => ({ value: id })],
  ])('Manager: %s sets it, and it can be asked for', async (op, value) => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    const boss = await scim.createUser({ userName: 'boss' });
    const entra = entraClient(scim);
    const path = `${enterprise}:manager`;
    expect([200, 204]).toContain((await entra.patch(`/Users/${id}`, { op, path, value: value(boss.id) })).status);
    expect((await scim.read(`/Users/${id}`))[enterprise].manager.value).toBe(boss.id);
    const asked = await entra.find('/Users', `id eq "${id}" and manager eq "${boss.id}"`, 'attributes=id&');
    expect(asked.body).toMatchObject({ totalResults: 1, Resources: [{ id }] });
    expect((await entra.find('/Users', `id eq "${boss.id}" and manager eq "${boss.id}"`)).body.totalResults).toBe(0);
  });

  test.each([{ op: 'Replace', value: '' }, { op: 'Replace', value: null }, { op: 'Remove' }])(
    'Manager: %j clears it',
    async (operation) => {
      const scim = await connect();
      const { id } = await createdUser(scim);
      const entra = entraClient(scim);
      const path = `${enterprise}:manager`;
      await entra.patch(`/Users/${id}`, { op: 'Add', path, value: 'm1' });
      expect((await scim.read(`/Users/${id}`))[enterprise]).toEqual({ manager: { value: 'm1' } });
      expect([200, 204]).toContain((await entra.patch(`/Users/${id}`, { ...operation, path })).status);
      expect(await scim.read(`/Users/${id}`)).not.toHaveProperty([enterprise]);
    },
  );

  test('Flag mode: several attributes in one replace without a path', async () => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    const boss = await scim.createUser({ userName: 'boss' });
    const value = {
      displayName: 'Bjfe',
      active: false,
      'name.givenName': 'Kermit',
      'name.familyName': 'Frog',
      'emails[type eq "work"].value': 'kermit@example.com',
      'phoneNumbers[type eq "mobile"].value': '1',
      [`${enterprise}:department`]: 'Show',
      [`${enterprise}:manager`]: boss.id,
    };
    const answer = await entraClient(scim, '?aadOptscim062020').patch(`/Users/${id}`, { op: 'replace', value });
    expect([200, 204]).toContain(answer.status);
    expect(await scim.read(`/Users/${id}`)).toMatchObject({
      displayName: 'Bjfe',
      active: false,
      name: { givenName: 'Kermit', familyName: 'Frog' },
      emails: [{ type: 'work', value: 'kermit@example.com', primary: true }],
      phoneNumbers: [{ type: 'mobile', value: '1' }],
      [enterprise]: { department: 'Show', manager: { value: boss.id } },
    });
  });

  test('Flag mode: single operations in lower case, with a removal', async () => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    const answer = await entraClient(scim, '?aadOptscim062020').patch(
      `/Users/${id}`,
      { op: 'add', path: 'nickName', value: 'Babs' },
      { op: 'remove', path: 'name.formatted' },
    );
    expect([200, 204]).toContain(answer.status);
    const user = await scim.read(`/Users/${id}`);
    expect([user.nickName, user.name]).toEqual(['Babs', { familyName: 'familyName', givenName: 'givenName' }]);
  });

  test('User delete: disabled first, deleted later, 404 when it is repeated', async () => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    const entra = entraClient(scim);
    await entra.patch(`/Users/${id}`, { op: 'Replace', path: 'active', value: 'False' });
    expect((await entra.send('DELETE', `/Users/${id}`)).status).toBe(204);
    expect((await entra.send('DELETE', `/Users/${id}`)).status).toBe(404);
    expect((await entra.find('/Users', 'userName eq "Test_User_ab6490ee"')).body.totalResults).toBe(0);
  });

  test('Rename: the user is found by its new name, and its old one is free', async () => {
    const scim = await connect();
    const { id } = await createdUser(scim);
    const entra = entraClient(scim);
    const path = 'userName';
    expect([200, 204]).toContain((await entra.patch(`/Users/${id}`, { op: 'Replace', path, value: 'renamed' })).status);
    expect((await entra.find('/Users', 'userName eq "Renamed"')).body.Resources[0].id).toBe(id);
    expect((await entra.find('/Users', 'userName eq "Test_User_ab6490ee"')).body.totalResults).toBe(0);
    expect((await entra.send('POST', '/Users', entraUser)).status).toBe(201);
  });
});
