import { expect, test } from 'vitest';
import type { StoredResource } from '../../directory/directory.ts';
import { extendResourceType } from '../../protocol/schemas/extend-resource-type.ts';
import { readSchema } from '../../protocol/schemas/read-schema.ts';
import { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../../protocol/schemas/resource-types.ts';
import { compileSelection } from '../../protocol/selection/compile-selection.ts';
import { openText, wholeTextTest } from './whole-text.ts';

const users = new ResourceSchema(userResourceType);
const core = userResourceType.schema.id;

function stored(attributes: Record<string, unknown>): StoredResource {
  const json = JSON.stringify(attributes);
  return { kind: 'User', id: 'a"b', attributes: {}, json, version: 1, created: '', lastModified: '' };
}

test('the text of a resource of the known schemas is whole in the default selection', () => {
  const isWhole = wholeTextTest(compileSelection(users, {}), users);
  const jane = stored({ schemas: [core], userName: 'jane' });
  expect([isWhole(jane), isWhole(jane)]).toEqual([true, true]);
  expect(JSON.parse(`${openText(jane)}}`)).toEqual({ id: 'a"b', schemas: [core], userName: 'jane' });
  const groups = new ResourceSchema(groupResourceType);
  expect(wholeTextTest(compileSelection(groups, {}), groups)(stored({ schemas: [groupResourceType.schema.id] }))).toBe(
    true,
  );
});

test('data of an extension that is no longer there is not shown', () => {
  const isWhole = wholeTextTest(compileSelection(users, {}), users);
  expect(isWhole(stored({ schemas: [core, 'urn:example:old'], 'urn:example:old': { pin: '1' } }))).toBe(false);
  expect(isWhole(stored({ userName: 'jane', schemas: [core] }))).toBe(false);
  for (const urn of ['urn:x[1]y', 'urn:"]', '\\']) expect(isWhole(stored({ schemas: [urn] }))).toBe(false);
});

test('nor are those of an extension that settings define: it may have had other attributes once', () => {
  const badge = readSchema({ id: 'urn:example:badge', name: 'Badge', attributes: [{ name: 'color', type: 'string' }] });
  const schema = new ResourceSchema(extendResourceType(userResourceType, [{ schema: badge, required: false }]));
  const isWhole = wholeTextTest(compileSelection(schema, {}), schema);
  expect(isWhole(stored({ schemas: [core] }))).toBe(true);
  expect(isWhole(stored({ schemas: [core, badge.id], [badge.id]: { color: 'red', pin: '1' } }))).toBe(false);
});

test.each(['never', 'request'])('nor is a text whole where an attribute is returned on %s', (returned) => {
  const badge = readSchema({
    id: 'urn:example:badge',
    name: 'Badge',
    attributes: [{ name: 'pin', type: 'string', returned }],
  });
  const schema = new ResourceSchema(extendResourceType(userResourceType, [{ schema: badge, required: false }]));
  expect(wholeTextTest(compileSelection(schema, {}), schema)(stored({ schemas: [core] }))).toBe(false);
});
