import { expect, test } from 'vitest';
import { listResponse } from './list-response.ts';

test('#23 an empty list is a list, with every number', () => {
  expect(listResponse({ resources: [], totalResults: 0, startIndex: 1 })).toStrictEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 0,
    startIndex: 1,
    itemsPerPage: 0,
    Resources: [],
  });
});

test('#25 itemsPerPage counts the resources of the page; #24 there is nothing else in it', () => {
  const page = { resources: [{ id: '1' }, { id: '2' }], totalResults: 7, startIndex: 3, meta: 'x' };
  expect(listResponse(page)).toStrictEqual({
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    totalResults: 7,
    startIndex: 3,
    itemsPerPage: 2,
    Resources: [{ id: '1' }, { id: '2' }],
  });
});

test('#54 a page of a cursor has its cursors and no startIndex', () => {
  const page = { resources: [], totalResults: 7, nextCursor: 'n', previousCursor: 'p' };
  expect(Object.keys(listResponse(page))).toEqual([
    'schemas',
    'totalResults',
    'itemsPerPage',
    'nextCursor',
    'previousCursor',
    'Resources',
  ]);
});
