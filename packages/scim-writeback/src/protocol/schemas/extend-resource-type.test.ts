import { expect, test } from 'vitest';
import { attribute } from './define-attribute.ts';
import { extendResourceType } from './extend-resource-type.ts';
import { userResourceType } from './resource-types.ts';

function extension(id: string, ...names: string[]) {
  const attributes = names.map((name) => attribute({ name, description: '' }));
  return { schema: { id, name: 'x', description: '', attributes }, required: false };
}

test('extensions are added behind those that are there', () => {
  const type = extendResourceType(userResourceType, [extension('urn:a:b', 'c')]);
  expect(type.extensions.map(({ schema }) => schema.id)).toEqual([
    'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
    'urn:a:b',
  ]);
});

test('an extension may have an attribute with the name of a core attribute', () => {
  expect(extendResourceType(userResourceType, [extension('urn:a:b', 'userName')]).extensions).toHaveLength(2);
});

test('two schemas with the same URN are refused, whatever its case', () => {
  expect(() => extendResourceType(userResourceType, [extension('urn:a:b', 'c'), extension('URN:A:B', 'd')])).toThrow(
    'The resource type User cannot be served:\n  URN:A:B: is the URN of two schemas; case does not count.',
  );
  expect(() => extendResourceType(userResourceType, [extension(userResourceType.schema.id, 'c')])).toThrow(
    'two schemas',
  );
});

test('an attribute whose path is the URN of another schema is refused', () => {
  expect(() => extendResourceType(userResourceType, [extension('urn:a:b', 'c'), extension('urn:a:b:C', 'd')])).toThrow(
    'urn:a:b:c: is both an attribute and the URN of a schema.',
  );
});
