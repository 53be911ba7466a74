import { describe, expect, test } from 'vitest';
import { readPatch } from '../../protocol/patch/read-patch.ts';
import { extendResourceType } from '../../protocol/schemas/extend-resource-type.ts';
import { readSchema } from '../../protocol/schemas/read-schema.ts';
import { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { userResourceType } from '../../protocol/schemas/resource-types.ts';
import { writtenByBody, writtenByPatch } from './written-paths.ts';

const urn = 'urn:example:params:scim:schemas:extension:2.0:User';
const attributes = [{ name: 'note', type: 'string', returned: 'request' }];
const extension = { schema: readSchema({ id: urn, name: 'Example', attributes }), required: false };
const schema = new ResourceSchema(extendResourceType(userResourceType, [extension]));

test('a body writes the parts of its objects and the attributes below its URNs', () => {
  const body = {
    schemas: [urn],
    UserName: 'jane',
    name: { givenName: 'Jane' },
    emails: [{ value: 'a' }, { type: 'work' }, 'x'],
    title: null,
    [urn.toUpperCase()]: { note: 'n', review: { by: 'b' } },
    [`${urn}:note`]: 'n',
  };
  expect(writtenByBody(body, schema)).toEqual([
    'schemas',
    'UserName',
    'name.givenName',
    'emails.value',
    'emails.type',
    'emails',
    'title',
    `${urn.toUpperCase()}:note`,
    `${urn.toUpperCase()}:review.by`,
    `${urn}:note`,
  ]);
});

describe('an operation of a PATCH writes what its path names, without the filter', () => {
  test.each([
    [{ op: 'remove', path: 'title' }, ['title']],
    [{ op: 'add', path: 'emails[type eq "[x]"].value', value: 'a' }, ['emails.value']],
    [{ op: 'add', path: 'emails[type eq "work"]', value: { display: 'a' } }, ['emails.display']],
    [{ op: 'add', path: urn, value: { note: 'n' } }, [`${urn}:note`]],
    [{ op: 'add', path: `${urn}:review`, value: { by: 'b' } }, [`${urn}:review.by`]],
    [
      { op: 'add', value: { 'name.givenName': 'a', 'emails[type eq "work"].value': 'b' } },
      ['name.givenName', 'emails.value'],
    ],
    [{ op: 'add', value: { [urn]: { [urn]: { [urn]: 1 } } } }, [`${urn}:${urn}.${urn}`]],
  ])('%j', (operation, paths) => {
    const body = { schemas: ['urn:ietf:params:scim:api:messages:2.0:PatchOp'], Operations: [operation] };
    expect(writtenByPatch(readPatch(body), schema)).toEqual(paths);
  });
});

test('nothing is looked for where nothing is returned on request only', () => {
  expect(writtenByBody({ userName: 'jane' }, new ResourceSchema(userResourceType))).toEqual([]);
});

test.each([null, 7, 'x', [1]])('a body that is %j writes nothing', (body) => {
  expect(writtenByBody(body, schema)).toEqual([]);
});
