import { describe, expect, test } from 'vitest';
import { expectError, groupBody, type ScimClient, userBody } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge, coreUser, enterprise, listResponse } from '../support/scim-urns.ts';

const attributes = {
  userName: 'jane',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [
    { value: 'jane@work.example', type: 'work', primary: true },
    { value: 'jane@home.example', type: 'home' },
  ],
  title: 'Clerk',
  [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
};

const keys = (value: object) => Object.keys(value).toSorted();

/** Characters that are letters in the other case. */
function otherCase(text: string): string {
  return [...text].map((one) => (one === one.toLowerCase() ? one.toUpperCase() : one.toLowerCase())).join('');
}

async function userWithLetterInId(scim: ScimClient): Promise<string> {
  const { id } = await scim.createUser();
  return otherCase(id) === id ? userWithLetterInId(scim) : id;
}

describeHosts('1.3 Read, list, projection', (connect) => {
  describe('one resource', () => {
    test('#22 GET by id is 200 with ETag and Location', async () => {
      const scim = await connect();
      const made = await scim.createUser(attributes);
      const answer = await scim.get(`/Users/${made.id}`);
      expect(answer.status).toBe(200);
      expect(answer.body).toEqual(made);
      expect(answer.headers.get('etag')).toBe(made.meta.version);
      expect(answer.headers.get('location')).toBe(made.meta.location);
    });

    test('#22 an unknown id is 404, and so is one in another case or of another type', async () => {
      const scim = await connect();
      const id = await userWithLetterInId(scim);
      const group = await scim.createGroup();
      expectError(await scim.get('/Users/unknown'), 404);
      expectError(await scim.get('/Groups/unknown'), 404);
      expectError(await scim.get(`/Users/${otherCase(id)}`), 404);
      expectError(await scim.get(`/Groups/${id}`), 404);
      expectError(await scim.get(`/Users/${group.id}`), 404);
    });

    test('#22 a group with thousands of members is whole, alone and in a list', async () => {
      const scim = await connect();
      const ids: string[] = [];
      while (ids.length < 3_000) {
        const batch = Array.from({ length: 100 }, (_, n) => scim.createUser({ userName: `u${ids.length + n}` }));
        ids.push(...(await Promise.all(batch)).map(({ id }) => id));
      }
      const { id } = await scim.createGroup({ members: ids.map((value) => ({ value })) });
      const read = await scim.get(`/Groups/${id}`);
      const found: string[] = read.body.members.map(({ value }: { value: string }) => value);
      expect(found.toSorted()).toEqual(ids.toSorted());
      expect(read.headers.get('etag')).toBe(read.body.meta.version);
      expect((await scim.read('/Groups')).Resources).toEqual([read.body]);
      expect((await scim.read(`/Groups/${id}?excludedAttributes=members`)).members).toBeUndefined();
    });
  });

  describe('lists', () => {
    test.each(['/Users', '/Groups', '/Users?filter=userName%20eq%20%22nobody%22', '/Groups?startIndex=1&count=10'])(
      '#23 nothing is a ListResponse as well: %s',
      async (path) => {
        const scim = await connect();
        const answer = await scim.get(path);
        expect(answer.status).toBe(200);
        expect(answer.body).toStrictEqual({
          schemas: [listResponse],
          totalResults: 0,
          startIndex: 1,
          itemsPerPage: 0,
          Resources: [],
        });
      },
    );

    test('#24 a ListResponse has no members of its own', async () => {
      const scim = await connect();
      await scim.createUser();
      for (const path of ['/Users', '/Users?startIndex=2', '/Users?count=0', '/Schemas', '/ResourceTypes']) {
        const allowed = ['Resources', 'itemsPerPage', 'schemas', 'startIndex', 'totalResults'];
        expect(keys(await scim.read(path)).filter((name) => !allowed.includes(name))).toEqual([]);
      }
    });

    test('#25 itemsPerPage is the number of resources in the page', async () => {
      const scim = await connect();
      for (let made = 0; made < 5; made++) await scim.createUser();
      for (const [query, items] of [
        ['', 5],
        ['?count=2', 2],
        ['?startIndex=4&count=10', 2],
        ['?startIndex=9', 0],
        ['?count=0', 0],
      ] as const) {
        const page = await scim.read(`/Users${query}`);
        expect([page.totalResults, page.itemsPerPage, page.Resources.length]).toEqual([5, items, items]);
      }
    });

    test('#25 resources of a list are as they are alone', async () => {
      const scim = await connect();
      const user = await scim.createUser(attributes);
      const group = await scim.createGroup({ members: [{ value: user.id }] });
      expect((await scim.read('/Users')).Resources).toEqual([await scim.read(`/Users/${user.id}`)]);
      expect((await scim.read('/Groups')).Resources).toEqual([await scim.read(`/Groups/${group.id}`)]);
    });
  });

  describe('attributes', () => {
    test.each([
      ['userName', { userName: 'jane' }],
      ['USERNAME', { userName: 'jane' }],
      ['userName,title', { userName: 'jane', title: 'Clerk' }],
      ['userName,%20title', { userName: 'jane', title: 'Clerk' }],
      ['name.givenName', { name: { givenName: 'Jane' } }],
      ['emails.value', { emails: [{ value: 'jane@work.example' }, { value: 'jane@home.example' }] }],
      [`${coreUser}:userName`, { userName: 'jane' }],
      [`${coreUser}:name.familyName`, { name: { familyName: 'Doe' } }],
      [`${enterprise}:department`, { [enterprise]: { department: 'Sales' } }],
      [`${enterprise}:manager.value`, { [enterprise]: { manager: { value: 'm1' } } }],
      [enterprise, { [enterprise]: { department: 'Sales', manager: { value: 'm1' } } }],
      ['nothing,name.nothing', {}],
      ['__proto__,constructor', {}],
    ])('#26 attributes=%s gives those with schemas and id', async (names, expected) => {
      const scim = await connect();
      const { id } = await scim.createUser(attributes);
      const selected = { schemas: [coreUser, enterprise], id, ...expected };
      expect(await scim.read(`/Users/${id}?attributes=${names}`)).toEqual(selected);
      expect((await scim.read(`/Users?attributes=${names}`)).Resources).toEqual([selected]);
    });

    test('#26 members of groups and groups of users can be asked for', async () => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'jane' });
      const group = await scim.createGroup({ displayName: 'Staff', members: [{ value: id }] });
      const { schemas } = group;
      const path = `/Groups/${group.id}`;
      expect(await scim.read(`${path}?attributes=displayName`)).toEqual({
        schemas,
        id: group.id,
        displayName: 'Staff',
      });
      expect(await scim.read(`${path}?attributes=members.value`)).toEqual({
        schemas,
        id: group.id,
        members: [{ value: id }],
      });
      expect(await scim.read(`/Users/${id}?attributes=groups.value`)).toEqual({
        schemas: [coreUser],
        id,
        groups: [{ value: group.id }],
      });
    });

    test.each(['title', 'TITLE', `${coreUser}:title`, 'title,nothing'])(
      '#27 excludedAttributes=%s leaves it out',
      async (names) => {
        const scim = await connect();
        const { title, ...rest } = await scim.createUser(attributes);
        expect(title).toBe('Clerk');
        expect(await scim.read(`/Users/${rest.id}?excludedAttributes=${names}`)).toEqual(rest);
        expect((await scim.read(`/Users?excludedAttributes=${names}`)).Resources).toEqual([rest]);
      },
    );

    test('#27 excludedAttributes reaches parts and extensions', async () => {
      const scim = await connect();
      const { id } = await scim.createUser(attributes);
      const path = `/Users/${id}?excludedAttributes=`;
      expect((await scim.read(`${path}name.givenName`)).name).toEqual({ familyName: 'Doe' });
      expect((await scim.read(`${path}${enterprise}:manager`))[enterprise]).toEqual({ department: 'Sales' });
      expect(await scim.read(`${path}${enterprise}`)).not.toHaveProperty([enterprise]);
      expect(await scim.read(`${path}meta`)).not.toHaveProperty('meta');
    });

    test('#27 what is always returned stays', async () => {
      const scim = await connect();
      const { id } = await scim.createUser({ userName: 'jane', [badge]: { grade: 'A' } });
      const read = await scim.read(`/Users/${id}?excludedAttributes=id,schemas,${badge}:grade,${badge},userName`);
      expect(read).toMatchObject({ schemas: [coreUser, badge], id, [badge]: { grade: 'A' } });
      expect(read).not.toHaveProperty('userName');
    });

    test('#27 members of groups, alone and in lists', async () => {
      const scim = await connect();
      const user = await scim.createUser();
      const { members, ...rest } = await scim.createGroup({ members: [{ value: user.id }] });
      expect(members).toHaveLength(1);
      expect(await scim.read(`/Groups/${rest.id}?excludedAttributes=members`)).toEqual(rest);
      expect((await scim.read('/Groups?excludedAttributes=members')).Resources).toEqual([rest]);
    });

    test('#28 attributes and excludedAttributes exclude each other: 400 invalidValue', async () => {
      const scim = await connect();
      const { id } = await scim.createUser();
      for (const path of ['/Users', `/Users/${id}`]) {
        expectError(await scim.get(`${path}?attributes=userName&excludedAttributes=title`), 400, 'invalidValue');
      }
      expectError(
        await scim.post('/Users?attributes=userName&excludedAttributes=title', userBody({ userName: 'joan' })),
        400,
        'invalidValue',
      );
      expect((await scim.get('/Users')).body.totalResults).toBe(1);
    });

    test('#29 both apply to what POST, PUT and PATCH answer', async () => {
      const scim = await connect();
      const body = userBody(attributes);
      const post = await scim.post('/Users?attributes=userName', body);
      const { id } = post.body;
      const selected = { schemas: [coreUser, enterprise], id, userName: 'jane' };
      expect([post.status, post.body]).toEqual([201, selected]);
      expect(post.headers.get('location')).toBe(`${scim.baseUrl}/Users/${id}`);
      expect(post.headers.get('etag')).toBe((await scim.read(`/Users/${id}`)).meta.version);
      expect((await scim.put(`/Users/${id}?attributes=userName`, body)).body).toEqual(selected);
      expect((await scim.put(`/Users/${id}?excludedAttributes=title`, body)).body).not.toHaveProperty('title');
      const patch = await scim.patch(`/Users/${id}?attributes=userName`, [{ op: 'remove', path: 'title' }]);
      expect([patch.status, patch.body]).toEqual([200, selected]);
    });

    test('#29 PATCH of a group with attributes is 200 with a body', async () => {
      const scim = await connect();
      const { id, schemas } = await scim.createGroup({ displayName: 'Staff' });
      const answer = await scim.patch(`/Groups/${id}?attributes=displayName`, [
        { op: 'replace', path: 'displayName', value: 'Crew' },
      ]);
      expect([answer.status, answer.body]).toEqual([200, { schemas, id, displayName: 'Crew' }]);
      const excluded = await scim.put(`/Groups/${id}?excludedAttributes=members`, groupBody({ displayName: 'Crew' }));
      expect(excluded.body).not.toHaveProperty('members');
    });
  });

  test('#30 returned: always, default, request and never', async () => {
    const scim = await connect();
    const written = { grade: 'A', level: 7, notes: 'Likes tea', pin: '1234' };
    const made = await scim.createUser({ userName: 'jane', [badge]: written });
    const path = `/Users/${made.id}`;
    // A write that set it answers what is returned on request.
    expect(made[badge]).toEqual({ grade: 'A', level: 7, notes: 'Likes tea' });
    expect((await scim.read(path))[badge]).toEqual({ grade: 'A', level: 7 });
    expect((await scim.read('/Users')).Resources[0][badge]).toEqual({ grade: 'A', level: 7 });
    expect((await scim.read(`${path}?attributes=userName`))[badge]).toEqual({ grade: 'A' });
    expect((await scim.read(`${path}?attributes=${badge}:notes`))[badge]).toEqual({ grade: 'A', notes: 'Likes tea' });
    expect((await scim.read(`${path}?attributes=${badge}:pin`))[badge]).toEqual({ grade: 'A' });
    const other = await scim.patch(path, [{ op: 'replace', path: 'title', value: 'Boss' }]);
    expect(other.body[badge]).toEqual({ grade: 'A', level: 7 });
    const notes = await scim.patch(path, [{ op: 'replace', path: `${badge}:notes`, value: 'Coffee' }]);
    expect(notes.body[badge]).toEqual({ grade: 'A', level: 7, notes: 'Coffee' });
  });

  test.each(['', '/', '/?filter=userName%20pr'])('#31 a query of the root (%j) is 501', async (path) => {
    const scim = await connect();
    expectError(await scim.get(path), 501);
  });

  test.each(['/.search', '/Users/.search', '/Groups/.search'])('#32 POST %s is 501 and makes nothing', async (path) => {
    const scim = await connect();
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:SearchRequest'];
    expectError(await scim.post(path, { schemas, userName: 'jane' }), 501);
    expect(await scim.find('userName pr')).toEqual([]);
  });
});
