import { expect, test } from 'vitest';
import type { StoredResource } from '../../directory/directory.ts';
import { resourceMetaText } from '../../directory/resource-meta.ts';
import { headOf, metaOf, patchedPart, storedPart } from './resource-parts.ts';

const jane: StoredResource = {
  kind: 'User',
  id: '1',
  attributes: { userName: 'jane', schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'] },
  json: '{"userName":"jane","schemas":["urn:ietf:params:scim:schemas:core:2.0:User"]}',
  version: 7,
  created: '2026-01-31T09:30:00',
  lastModified: '2026-01-31T09:30:00.5',
};
const locate = () => 'https://scim.example.com/Users/1';

test('times have a zone and milliseconds, so that they are in the order of time as texts', () => {
  expect(metaOf(jane, locate)).toEqual({
    resourceType: 'User',
    created: '2026-01-31T09:30:00.000Z',
    lastModified: '2026-01-31T09:30:00.500Z',
    location: 'https://scim.example.com/Users/1',
    version: 'W/"7"',
  });
  const precise = { ...jane, lastModified: '2026-01-31T09:30:00.123456' };
  expect(metaOf(precise, locate).lastModified).toBe('2026-01-31T09:30:00.123456Z');
});

test('the JSON of meta is made of the same', () => {
  for (const version of [1, 12_345]) {
    for (const location of ['https://scim.example.com/Users/1', 'https://scim.example.com/"\\\u2028']) {
      const resource = { ...jane, version };
      const text = resourceMetaText(resource, JSON.stringify(location));
      expect(text).toBe(JSON.stringify(metaOf(resource, () => location)));
    }
  }
});

test('schemas and id stand first', () => {
  expect(Object.keys(headOf(jane))).toEqual(['schemas', 'id', 'userName']);
});

test('what a patch sees has id and meta, and what is stored of it has not', () => {
  const seen = patchedPart(jane, locate);
  expect(Object.keys(seen)).toEqual(['schemas', 'id', 'userName', 'meta']);
  expect({ ...storedPart(seen) }).toEqual(jane.attributes);
});
