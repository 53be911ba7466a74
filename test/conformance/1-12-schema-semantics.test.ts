import { describe, expect, test } from 'vitest';
import { expectError, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge, coreUser, enterprise } from '../support/scim-urns.ts';

describeHosts('1.12 Schema semantics', (connect) => {
  test('#118 characteristics that a schema does not state have the defaults of the RFC', async () => {
    const scim = await connect();
    const { attributes } = await scim.read(`/Schemas/${badge}`);
    expect(attributes.find(({ name }: { name: string }) => name === 'color')).toMatchObject({
      type: 'string',
      multiValued: false,
      required: false,
      caseExact: false,
      mutability: 'readWrite',
      returned: 'default',
      uniqueness: 'none',
    });
    await scim.createUser({ userName: 'jane', [badge]: { color: 'Blue' } });
    expect(await scim.find(`${badge}:color eq "BLUE"`)).toEqual(['jane']);
  });

  test.each([
    { color: 'Blue' },
    { lost: true },
    { score: 2.5 },
    { score: -1e-3 },
    { level: 0 },
    { level: -7 },
    { issuedAt: '2024-05-01T12:00:00+02:00' },
    { issuedAt: '2024-05-01T12:00:00.123456789Z' },
    { page: 'https://example.com/a?b=c#d' },
    { page: '../Users/1' },
    { page: 'urn:example:page' },
    { key: 'QUJD' },
    { tags: ['blue', 'guest'] },
    { issuer: { desk: 'North' } },
  ])('#119 %j is kept as it is sent', async (attributes) => {
    const scim = await connect();
    const { id } = await scim.createUser({ [badge]: attributes });
    expect((await scim.read(`/Users/${id}`))[badge]).toEqual(attributes);
  });

  test.each([
    { color: 7 },
    { color: ['Blue', 'Red'] },
    { color: { value: 'Blue' } },
    { lost: 'maybe' },
    { lost: 1 },
    { score: '2.5' },
    { level: 1.5 },
    { level: '7' },
    { issuedAt: '2024-05-01' },
    { issuedAt: '2024-05-01 12:00:00Z' },
    { issuedAt: '2024-13-01T12:00:00Z' },
    { issuedAt: 1_714_557_600 },
    { page: 7 },
    { page: 'has blanks' },
    { key: 'n o t base64!' },
    { tags: [1] },
    { issuer: 'North' },
    { issuer: { desk: { name: 'North' } } },
  ])('#119 %j is of the wrong type: 400 invalidValue', async (attributes) => {
    const scim = await connect();
    expectError(await scim.post('/Users', userBody({ userName: 'jane', [badge]: attributes })), 400, 'invalidValue');
    expect((await scim.read('/Users')).totalResults).toBe(0);
  });

  test('#119 a string that cannot be given back as it was sent is 400 invalidValue', async () => {
    const scim = await connect();
    for (const title of ['half \ud800 a pair', 'nul \0 character']) {
      expectError(await scim.post('/Users', userBody({ userName: 'jane', title })), 400, 'invalidValue');
    }
  });

  test('#120 sub-attributes of multi-valued attributes, and the same value twice', async () => {
    const scim = await connect();
    const email = { value: 'j@example.com', type: 'work', display: 'J' };
    const { emails } = await scim.createUser({
      emails: [email, { ...email }, { value: 'j@example.com', type: 'home' }],
    });
    expect(emails).toEqual([email, { value: 'j@example.com', type: 'home' }]);
  });

  test('#120 two primaries are 400 invalidValue', async () => {
    const scim = await connect();
    const emails = [
      { value: 'a', primary: true },
      { value: 'b', primary: true },
    ];
    expectError(await scim.post('/Users', userBody({ userName: 'jane', emails })), 400, 'invalidValue');
  });

  test('#121 canonical values are suggestions', async () => {
    const scim = await connect();
    const emails = [{ value: 'j@example.com', type: 'Cottage' }];
    const phoneNumbers = [{ value: '1', type: 'satellite' }];
    expect(await scim.createUser({ emails, phoneNumbers })).toMatchObject({ emails, phoneNumbers });
  });

  test('#122 values are kept as they are sent', async () => {
    const scim = await connect();
    const attributes = {
      userName: ' Jane.DOE@Example.COM',
      externalId: 'Ä-0001 ',
      phoneNumbers: [{ value: '+49 (0)731 / 12-34', type: 'work' }],
      addresses: [{ formatted: 'Street 1\r\nUlm', country: 'de', type: 'work' }],
      locale: 'de_DE',
      profileUrl: 'HTTPS://Example.com:443/./j',
      timezone: 'W. Europe Standard Time',
      x509Certificates: [{ value: 'QUJD' }],
    };
    const { id } = await scim.createUser(attributes);
    expect(await scim.read(`/Users/${id}`)).toMatchObject(attributes);
  });

  test('#123 extensions live under their URN; flat names are taken', async () => {
    const scim = await connect();
    const { id } = await scim.createUser({ [`${enterprise}:department`]: 'Sales', [badge]: { color: 'Blue' } });
    const user = await scim.patched(`/Users/${id}`, { op: 'add', value: { [`${enterprise}:division`]: 'West' } });
    expect(user).toMatchObject({
      schemas: [coreUser, enterprise, badge],
      [enterprise]: { department: 'Sales', division: 'West' },
      [badge]: { color: 'Blue' },
    });
  });

  test('#123 a required extension that is missing is 400 invalidValue', async () => {
    const scim = await connect({ badgeRequired: true });
    expectError(await scim.post('/Users', userBody({ userName: 'jane' })), 400, 'invalidValue');
    const { id } = await scim.createUser({ [badge]: { color: 'Blue' } });
    expectError(await scim.put(`/Users/${id}`, userBody({ userName: 'jane' })), 400, 'invalidValue');
    expect((await scim.patch(`/Users/${id}`, [{ op: 'remove', path: badge }])).status).toBe(400);
    const types = await scim.read('/ResourceTypes/User');
    expect(types.schemaExtensions).toContainEqual({ schema: badge, required: true });
  });

  describe('uniqueness', () => {
    test('#124 holds on create, PUT and PATCH, for attributes of extensions too', async () => {
      const scim = await connect();
      await scim.createUser({ userName: 'kim', [badge]: { number: 'B-1' } });
      const { id } = await scim.createUser({ userName: 'jane' });
      const taken = { [badge]: { number: 'B-1' } };
      expectError(await scim.post('/Users', userBody({ userName: 'otto', ...taken })), 409, 'uniqueness');
      expectError(await scim.put(`/Users/${id}`, userBody({ userName: 'jane', ...taken })), 409, 'uniqueness');
      expectError(await scim.patch(`/Users/${id}`, [{ op: 'add', value: taken }]), 409, 'uniqueness');
      const rename = [{ op: 'replace', path: 'userName', value: 'Kim' }];
      expectError(await scim.patch(`/Users/${id}`, rename), 409, 'uniqueness');
      // caseExact.
      expect(await scim.createUser({ userName: 'otto', [badge]: { number: 'b-1' } })).toMatchObject({
        userName: 'otto',
      });
      expect(await scim.find('userName pr')).toEqual(['jane', 'kim', 'otto']);
    });

    test('#124 holds when many ask at the same time', async () => {
      const scim = await connect();
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, n) =>
          scim.post('/Users', userBody({ userName: n % 2 === 0 ? 'Jane' : 'jANE', title: `t${n}` })),
        ),
      );
      const statuses = answers.map(({ status }) => status).toSorted();
      expect(statuses).toEqual([201, ...Array.from({ length: 19 }, () => 409)]);
      expect(await scim.find('userName eq "jane"')).toHaveLength(1);
    });
  });

  describe('groups', () => {
    test('#125 groups of a user are computed, nested ones included', async () => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'jane' });
      const inner = await scim.createGroup({ displayName: 'Inner', members: [{ value: id }] });
      const outer = await scim.createGroup({ displayName: 'Outer', members: [{ value: inner.id, type: 'Group' }] });
      const { groups } = await scim.read(`/Users/${id}`);
      expect(
        groups.toSorted((a: { display: string }, b: { display: string }) => (a.display < b.display ? -1 : 1)),
      ).toEqual([
        { value: inner.id, $ref: inner.meta.location, display: 'Inner', type: 'direct' },
        { value: outer.id, $ref: outer.meta.location, display: 'Outer', type: 'indirect' },
      ]);
      expect((await scim.read('/Users')).Resources[0].groups).toEqual(groups);
    });

    test('#125 a group that is renamed is so in its members', async () => {
      const scim = await connect();
      const { id } = await scim.createUser();
      const group = await scim.createGroup({ displayName: 'Staff', members: [{ value: id }] });
      await scim.patched(`/Groups/${group.id}`, { op: 'replace', path: 'displayName', value: 'Crew' });
      expect((await scim.read(`/Users/${id}`)).groups).toMatchObject([{ value: group.id, display: 'Crew' }]);
    });

    test('#125 membership is changed through groups only', async () => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'jane' });
      const group = await scim.createGroup();
      const groups = [{ value: group.id }];
      expectError(await scim.patch(`/Users/${id}`, [{ op: 'add', path: 'groups', value: groups }]), 400, 'mutability');
      expect(await scim.put(`/Users/${id}`, userBody({ userName: 'jane', groups }))).toMatchObject({ status: 200 });
      expect(await scim.read(`/Users/${id}`)).not.toHaveProperty('groups');
      expect(await scim.read(`/Groups/${group.id}`)).not.toHaveProperty('members');
    });

    test('#126 members have value, $ref, type and display, of users and groups', async () => {
      const scim = await connect();
      const user = await scim.createUser({ userName: 'jane', displayName: 'Jane' });
      const inner = await scim.createGroup({ displayName: 'Inner' });
      const { members } = await scim.createGroup({ members: [{ value: user.id }, { value: inner.id }] });
      expect(members.toSorted((a: { type: string }, b: { type: string }) => (a.type < b.type ? 1 : -1))).toEqual([
        { value: user.id, $ref: user.meta.location, type: 'User', display: 'Jane' },
        { value: inner.id, $ref: inner.meta.location, type: 'Group', display: 'Inner' },
      ]);
    });

    test('#126 the name of a member follows the member', async () => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'jane' });
      const group = await scim.createGroup({ members: [{ value: id, display: 'made up' }] });
      expect(group.members[0].display).toBe('jane');
      await scim.patched(`/Users/${id}`, { op: 'add', path: 'displayName', value: 'Jane Doe' });
      expect((await scim.read(`/Groups/${group.id}`)).members[0].display).toBe('Jane Doe');
    });

    test('#126 the same member twice is one', async () => {
      const scim = await connect();
      const { id } = await scim.createUser();
      expect((await scim.createGroup({ members: [{ value: id }, { value: id, type: 'User' }] })).members).toHaveLength(
        1,
      );
    });

    test('#126 an unknown member is 400 invalidValue, without effect', async () => {
      const scim = await connect();
      const user = await scim.createUser();
      const members = [{ value: user.id }, { value: 'string id 1' }];
      expectError(
        await scim.post('/Groups', {
          schemas: ['urn:ietf:params:scim:schemas:core:2.0:Group'],
          displayName: 'G',
          members,
        }),
        400,
        'invalidValue',
      );
      expect((await scim.read('/Groups')).totalResults).toBe(0);
      const { id } = await scim.createGroup();
      for (const op of ['add', 'replace']) {
        expectError(await scim.patch(`/Groups/${id}`, [{ op, path: 'members', value: members }]), 400, 'invalidValue');
      }
      expect(await scim.read(`/Groups/${id}`)).not.toHaveProperty('members');
    });

    test('#126 a group is in itself neither at once nor through others: 400 invalidValue', async () => {
      const scim = await connect();
      const inner = await scim.createGroup({ displayName: 'Inner' });
      const middle = await scim.createGroup({ displayName: 'Middle', members: [{ value: inner.id }] });
      const outer = await scim.createGroup({ displayName: 'Outer', members: [{ value: middle.id }] });
      for (const member of [inner, middle, outer]) {
        const add = [{ op: 'add', path: 'members', value: [{ value: member.id }] }];
        expectError(await scim.patch(`/Groups/${inner.id}`, add), 400, 'invalidValue');
      }
      expect(await scim.read(`/Groups/${inner.id}`)).not.toHaveProperty('members');
    });

    test('#126 of two groups that would come into each other at the same time one does', async () => {
      const scim = await connect();
      const [a, b] = [await scim.createGroup({ displayName: 'A' }), await scim.createGroup({ displayName: 'B' })];
      const put = (into: string, value: string) =>
        scim.patch(`/Groups/${into}`, [{ op: 'add', path: 'members', value: [{ value }] }]);
      const answers = await Promise.all([put(a.id, b.id), put(b.id, a.id)]);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([204, 400]);
      const { Resources } = await scim.read('/Groups');
      expect(Resources.filter((one: { members?: unknown }) => one.members !== undefined)).toHaveLength(1);
    });
  });

  test('#127 the enterprise extension', async () => {
    const scim = await connect();
    const boss = await scim.createUser({ userName: 'boss', displayName: 'The Boss' });
    const extension = {
      employeeNumber: '0042',
      costCenter: 'C1',
      organization: 'Acme',
      division: 'West',
      department: 'Sales',
      manager: { value: boss.id, $ref: `../Users/${boss.id}` },
    };
    const { id } = await scim.createUser({
      [enterprise]: { ...extension, manager: { ...extension.manager, displayName: 'x' } },
    });
    expect((await scim.read(`/Users/${id}`))[enterprise]).toMatchObject(extension);
    expect((await scim.read(`/Users/${id}`))[enterprise].manager.displayName).not.toBe('x');
  });

  test('#128 active is true unless a client says otherwise; who is not active is read and listed', async () => {
    const scim = await connect();
    expect((await scim.createUser({ userName: 'kim' })).active).toBe(true);
    const { id } = await scim.createUser({ userName: 'jane' });
    expect((await scim.patched(`/Users/${id}`, { op: 'replace', path: 'active', value: false })).active).toBe(false);
    expect((await scim.read('/Users')).totalResults).toBe(2);
    expect(await scim.find('userName eq "jane"')).toEqual(['jane']);
    expect(await scim.find('active eq false')).toEqual(['jane']);
  });

  test.each([
    { op: 'remove', path: 'active' },
    { op: 'replace', path: 'active', value: null },
    { op: 'Replace', path: 'active', value: '' },
    { op: 'add', path: 'active', value: [] },
    { op: 'replace', path: 'active', value: [null] },
    { op: 'replace', value: { active: null } },
  ])('#128 %j lets nobody in again, and hides nobody who was put out', async (operation) => {
    const scim = await connect();
    const { id } = await scim.createUser({ userName: 'jane', active: false });
    expect([200, 400]).toContain((await scim.patch(`/Users/${id}`, [operation])).status);
    expect((await scim.read(`/Users/${id}`)).active).toBe(false);
    expect(await scim.find('active eq false')).toEqual(['jane']);
    expect((await scim.put(`/Users/${id}`, userBody({ userName: 'jane' }))).body.active).toBe(false);
  });

  test('#129 externalId is what the client sent, with its case, and never set by the service', async () => {
    const scim = await connect();
    expect(await scim.createUser({ userName: 'kim' })).not.toHaveProperty('externalId');
    await scim.createUser({ userName: 'jane', externalId: 'X-1' });
    expect(await scim.find('externalId eq "X-1"')).toEqual(['jane']);
    expect(await scim.find('externalId eq "x-1"')).toEqual([]);
    const other = await connect();
    expect(await other.find('externalId eq "X-1"')).toEqual([]);
  });

  test('#130 URLs in answers are absolute, below the public base URL', async () => {
    const baseUrl = 'https://scim.example.com/acme/v2';
    const scim = await connect({ baseUrl });
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    const { body: user, headers: answered } = await scim.post('/Users', userBody({ userName: 'jane' }), { headers });
    expect(user.meta.location).toBe(`${baseUrl}/Users/${user.id}`);
    expect(answered.get('location')).toBe(user.meta.location);
    const group = await scim.createGroup({ members: [{ value: user.id }] });
    expect(group.members[0].$ref).toBe(user.meta.location);
    expect((await scim.read(`/Users/${user.id}`)).groups[0].$ref).toBe(`${baseUrl}/Groups/${group.id}`);
    expect((await scim.read('/ResourceTypes/User')).meta.location).toBe(`${baseUrl}/ResourceTypes/User`);
  });
});
