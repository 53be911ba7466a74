import { expect, test } from 'vitest';
import { errorBody } from './error-body.ts';
import { ScimError } from './scim-error.ts';

test('#132 the status is a string and there are no other members', () => {
  const error = new ScimError(409, 'uniqueness', 'userName is taken.');
  expect(errorBody(error)).toStrictEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:Error'],
    scimType: 'uniqueness',
    detail: 'userName is taken.',
    status: '409',
  });
});

test('#132 without a keyword there is no scimType', () => {
  expect(Object.keys(errorBody(new ScimError(404, undefined, 'There is no such user.')))).toEqual([
    'schemas',
    'detail',
    'status',
  ]);
});
