import { describe, expect, test } from 'vitest';
import { customUrn, customUsers } from '../resource/test-schemas.ts';
import { groupResourceType, userResourceType } from '../schemas/resource-types.ts';
import { resourceTypeDocument } from './resource-type-document.ts';
import { schemaDocument, schemaDocuments } from './schema-document.ts';
import { type ServiceFeatures, serviceProviderConfig } from './service-provider-config.ts';

const baseUrl = 'https://scim.example.com/v2';

/** Every name and value within a document. */
function walk(document: unknown, path = ''): [string, unknown][] {
  if (typeof document !== 'object' || document === null) return [[path, document]];
  return Object.entries(document).flatMap(([name, value]) => walk(value, `${path}/${name}`));
}

describe('#110 /ServiceProviderConfig', () => {
  const bearer = { type: 'oauthbearertoken', name: 'Bearer token', description: 'Made by an administrator.' } as const;
  const off: ServiceFeatures = {
    patch: false,
    filter: { supported: false, maxResults: 0 },
    changePassword: false,
    sort: false,
    etag: false,
    authenticationSchemes: [bearer],
  };

  test('has every required member also when everything is off', () => {
    expect(serviceProviderConfig(off, baseUrl)).toStrictEqual({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: false },
      bulk: { supported: false, maxOperations: 0, maxPayloadSize: 0 },
      filter: { supported: false, maxResults: 0 },
      changePassword: { supported: false },
      sort: { supported: false },
      etag: { supported: false },
      authenticationSchemes: [bearer],
      meta: {
        resourceType: 'ServiceProviderConfig',
        location: 'https://scim.example.com/v2/ServiceProviderConfig',
      },
    });
  });

  test('#61, #111 says what is on, pages and all ways to log in included', () => {
    const basic = { type: 'httpbasic', name: 'HTTP Basic', description: 'User and password.' } as const;
    const pagination = { cursor: false, index: true, maxPageSize: 500 };
    const features: ServiceFeatures = {
      ...off,
      bulk: { maxOperations: 10, maxPayloadSizeBytes: 1000 },
      filter: { supported: true, maxResults: 500 },
      pagination,
      documentationUri: 'https://example.com/docs',
      authenticationSchemes: [bearer, basic],
    };
    expect(serviceProviderConfig(features, baseUrl)).toMatchObject({
      documentationUri: 'https://example.com/docs',
      bulk: { supported: true, maxOperations: 10, maxPayloadSize: 1000 },
      filter: { supported: true, maxResults: 500 },
      pagination,
      authenticationSchemes: [bearer, basic],
    });
  });
});

test('#112 a resource type', () => {
  expect(resourceTypeDocument(userResourceType, baseUrl)).toStrictEqual({
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: 'User',
    name: 'User',
    endpoint: '/Users',
    description: 'Accounts of people.',
    schema: 'urn:ietf:params:scim:schemas:core:2.0:User',
    schemaExtensions: [{ schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: false }],
    meta: { resourceType: 'ResourceType', location: 'https://scim.example.com/v2/ResourceTypes/User' },
  });
  expect(resourceTypeDocument(groupResourceType, baseUrl).schemaExtensions).toEqual([]);
});

describe('#113 schemas', () => {
  const documents = schemaDocuments([customUsers.type, groupResourceType, userResourceType], baseUrl);

  test('are there once, extensions included', () => {
    expect(documents.map(({ id }) => id)).toEqual([
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
      customUrn,
      'urn:ietf:params:scim:schemas:core:2.0:Group',
    ]);
    expect(documents[0]?.meta.location).toBe(
      'https://scim.example.com/v2/Schemas/urn:ietf:params:scim:schemas:core:2.0:User',
    );
  });

  test('state every characteristic of every attribute', () => {
    const attributes = documents.flatMap((document) =>
      document.attributes.flatMap((attribute) => [attribute, ...(attribute.subAttributes ?? [])]),
    );
    const characteristics = ['multiValued', 'required', 'caseExact', 'mutability', 'returned', 'uniqueness', 'type'];
    for (const attribute of attributes) {
      expect(Object.keys(attribute)).toEqual(expect.arrayContaining(['name', 'description', ...characteristics]));
      expect(attribute.type === 'complex').toBe(attribute.subAttributes !== undefined);
    }
  });

  test('have nothing that is null or undefined, and names in camel case', () => {
    const parts = walk(documents);
    expect(parts.filter(([, value]) => value === null || value === undefined)).toEqual([]);
    expect(parts.filter(([path]) => !/^(\/([a-z][A-Za-z]*|\d+))+$/.test(path))).toEqual([]);
  });

  test('do not list common attributes', () => {
    const names = documents.flatMap(({ attributes }) => attributes.map(({ name }) => name));
    expect(names.filter((name) => ['id', 'externalId', 'meta', 'schemas'].includes(name))).toEqual([]);
  });

  test('#117 publish displayName of groups as required', () => {
    const [displayName] = schemaDocument(groupResourceType.schema, baseUrl).attributes;
    expect(displayName).toMatchObject({ name: 'displayName', required: true });
  });
});
