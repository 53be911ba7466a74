import { describe, expect, test } from 'vitest';
import { expectError, type ScimAnswer } from '../support/scim-client.ts';
import { describeHosts } from '../support/scim-host.ts';
import { badge, coreGroup, coreUser, enterprise, listResponse } from '../support/scim-urns.ts';

type Json = ScimAnswer['body'];

/** Every value within, with its path. */
function walk(value: Json, path = ''): readonly (readonly [path: string, value: Json])[] {
  const parts = typeof value === 'object' && value !== null ? Object.entries(value) : [];
  return [[path, value], ...parts.flatMap(([name, one]) => walk(one, `${path}/${name}`))];
}

const withSubs = (attributes: Json[]): Json[] => attributes.flatMap((one) => [one, ...(one.subAttributes ?? [])]);
const find = (attributes: Json[], name: string): Json => attributes.find((one) => one.name === name);

describeHosts('1.11 Discovery', (connect) => {
  describe('ServiceProviderConfig', () => {
    test('#110 has every member, also of what is off', async () => {
      const scim = await connect();
      const document = await scim.read('/ServiceProviderConfig');
      expect(document).toMatchObject({
        schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
        patch: { supported: true },
        bulk: { supported: false, maxOperations: expect.any(Number), maxPayloadSize: expect.any(Number) },
        filter: { supported: true, maxResults: expect.any(Number) },
        changePassword: { supported: false },
        sort: { supported: true },
        etag: { supported: true },
        meta: { resourceType: 'ServiceProviderConfig', location: `${scim.baseUrl}/ServiceProviderConfig` },
      });
      expect(document.filter.maxResults).toBeGreaterThan(0);
      expect(document).not.toHaveProperty('id');
    });

    test('#111 names the ways to log in, in the words of the RFC', async () => {
      const scim = await connect();
      const { authenticationSchemes } = await scim.read('/ServiceProviderConfig');
      expect(authenticationSchemes.map(({ type }: Json) => type)).toContain('oauthbearertoken');
      for (const { type, name, description } of authenticationSchemes) {
        expect(['oauth', 'oauth2', 'oauthbearertoken', 'httpbasic', 'httpdigest']).toContain(type);
        expect([name, description]).toEqual([expect.stringMatching(/\S/), expect.stringMatching(/\S/)]);
      }
    });

    test('#111 names Basic where it is taken', async () => {
      const scim = await connect({ basic: { userName: 'idp', password: 'a-long-password-of-an-idp' } });
      const { authenticationSchemes } = await scim.read('/ServiceProviderConfig');
      expect(authenticationSchemes.map(({ type }: Json) => type).toSorted()).toEqual(['httpbasic', 'oauthbearertoken']);
      const as = `Basic ${Buffer.from('idp:a-long-password-of-an-idp').toString('base64')}`;
      expect((await scim.get('/Users', { as })).status).toBe(200);
      const wrong = `Basic ${Buffer.from('idp:another').toString('base64')}`;
      const refused = await scim.get('/Users', { as: wrong });
      expectError(refused, 401);
      expect(refused.headers.get('www-authenticate')).toMatch(/Bearer.*Basic|Basic.*Bearer/);
    });
  });

  test('#112 resource types, as a list and alone', async () => {
    const scim = await connect();
    const schemas = ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'];
    const { Resources } = await scim.read('/ResourceTypes');
    expect(Resources.toSorted((a: Json, b: Json) => b.id.localeCompare(a.id))).toMatchObject([
      {
        schemas,
        id: 'User',
        name: 'User',
        endpoint: '/Users',
        schema: coreUser,
        schemaExtensions: [
          { schema: enterprise, required: false },
          { schema: badge, required: false },
        ],
        meta: { resourceType: 'ResourceType', location: `${scim.baseUrl}/ResourceTypes/User` },
      },
      { schemas, id: 'Group', name: 'Group', endpoint: '/Groups', schema: coreGroup },
    ]);
    for (const type of Resources) expect(await scim.read(`/ResourceTypes/${type.id}`)).toEqual(type);
    expectError(await scim.get('/ResourceTypes/Device'), 404);
  });

  describe('schemas', () => {
    test('#113 are there once, as a list and alone by their URN', async () => {
      const scim = await connect();
      const { Resources } = await scim.read('/Schemas');
      expect(Resources.map(({ id }: Json) => id).toSorted()).toEqual(
        [badge, coreGroup, coreUser, enterprise].toSorted(),
      );
      for (const document of Resources) {
        expect(await scim.read(`/Schemas/${document.id}`)).toEqual(document);
        expect(await scim.read(`/Schemas/${encodeURIComponent(document.id)}`)).toEqual(document);
        expect(document.meta).toMatchObject({
          resourceType: 'Schema',
          location: `${scim.baseUrl}/Schemas/${document.id}`,
        });
      }
      expectError(await scim.get('/Schemas/urn:nobody:knows'), 404);
    });

    test('#113 state every characteristic, in camel case, and nothing that is null', async () => {
      const scim = await connect();
      const { Resources } = await scim.read('/Schemas');
      const characteristics = ['multiValued', 'required', 'caseExact', 'mutability', 'returned', 'uniqueness', 'type'];
      for (const document of Resources) {
        for (const attribute of withSubs(document.attributes)) {
          expect(Object.keys(attribute)).toEqual(expect.arrayContaining(['name', ...characteristics]));
          expect(attribute.subAttributes !== undefined).toBe(attribute.type === 'complex');
        }
      }
      const parts = walk(Resources);
      expect(parts.filter(([, value]) => value === null)).toEqual([]);
      expect(parts.filter(([path]) => /\/[A-Z$_]/.test(path))).toEqual([]);
    });

    test('#113 do not list the common attributes', async () => {
      const scim = await connect();
      const { Resources } = await scim.read('/Schemas');
      const names = Resources.flatMap(({ attributes }: Json) => attributes.map(({ name }: Json) => name));
      expect(names.filter((name: string) => ['id', 'externalId', 'meta', 'schemas'].includes(name))).toEqual([]);
    });
  });

  test.each(['/Schemas', '/ResourceTypes'])('#114 %s is a ListResponse; sort and pages are ignored', async (path) => {
    const scim = await connect();
    const whole = await scim.read(path);
    expect(whole.schemas).toEqual([listResponse]);
    expect([whole.startIndex, whole.itemsPerPage]).toEqual([1, whole.totalResults]);
    expect(whole.Resources).toHaveLength(whole.totalResults);
    expect(await scim.read(`${path}?startIndex=2&count=1&sortBy=id&sortOrder=descending`)).toEqual(whole);
  });

  test.each(['/ServiceProviderConfig', '/Schemas', '/ResourceTypes', `/Schemas/${coreUser}`, '/ResourceTypes/User'])(
    '#114 a filter on %s is 403, with a credential and without',
    async (path) => {
      const scim = await connect();
      expectError(await scim.get(`${path}?filter=${encodeURIComponent('name eq "User"')}`), 403);
      expectError(await scim.get(`${path}?filter=${encodeURIComponent('name eq "User"')}`, { as: 'nobody' }), 403);
    },
  );

  test('#114 message schemas are not listed', async () => {
    const scim = await connect();
    const ids: string[] = (await scim.read('/Schemas')).Resources.map(({ id }: Json) => id);
    expect(ids.filter((id) => id.includes(':api:messages:'))).toEqual([]);
  });

  test('#115 the three are public, and nothing else is', async () => {
    const scim = await connect();
    const as = 'nobody';
    const documents = [
      '/ServiceProviderConfig',
      '/Schemas',
      `/Schemas/${coreUser}`,
      '/ResourceTypes',
      '/ResourceTypes/User',
    ];
    for (const path of documents) {
      const answer = await scim.get(path, { as });
      expect([path, answer.status]).toEqual([path, 200]);
      expect(answer.body).toEqual(await scim.read(path));
      expect((await scim.get(path, { as: 'Bearer wrong' })).status).toBe(200);
    }
    for (const path of ['/Users', '/Groups', '/Users/x', '/Me', '/Bulk', '/', '/nope']) {
      expectError(await scim.get(path, { as }), 401);
    }
  });

  test.each(['POST', 'PUT', 'PATCH', 'DELETE'])('#116 %s is 405 or 501 on the three', async (method) => {
    const scim = await connect();
    for (const path of ['/ServiceProviderConfig', '/Schemas', `/Schemas/${coreUser}`, '/ResourceTypes']) {
      const answer = await scim.request(method, path, { body: method === 'DELETE' ? undefined : { schemas: [] } });
      expect([405, 501]).toContain(answer.status);
    }
  });

  test('#116 what the documents say is what is enforced', async () => {
    const scim = await connect();
    const users = (await scim.read(`/Schemas/${coreUser}`)).attributes;
    expect(find(users, 'userName')).toMatchObject({ required: true, uniqueness: 'server', caseExact: false });
    expect(find(users, 'groups')).toMatchObject({ mutability: 'readOnly', multiValued: true });
    expect(find(users, 'password')).toMatchObject({ mutability: 'writeOnly', returned: 'never' });
    expect(find(users, 'active')).toMatchObject({ type: 'boolean', required: false });
    const badges = (await scim.read(`/Schemas/${badge}`)).attributes;
    expect(find(badges, 'number')).toMatchObject({ mutability: 'immutable', uniqueness: 'server', caseExact: true });
    expect(find(badges, 'grade')).toMatchObject({ returned: 'always' });
    // Required and never written: a user could not be made.
    for (const attribute of users) expect(attribute.required && attribute.mutability === 'readOnly').toBe(false);
  });

  test('#117 displayName of groups is published as required', async () => {
    const scim = await connect();
    const { attributes } = await scim.read(`/Schemas/${coreGroup}`);
    expect(find(attributes, 'displayName')).toMatchObject({ required: true });
  });
});
