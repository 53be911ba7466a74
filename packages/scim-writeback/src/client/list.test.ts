import { describe, expect, test } from 'vitest';
import { all, client, listOf, mockService, rejection, service } from './test-service.ts';

const users = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => ({ id: `u${from + index}` }));
const ids = async (pageSize: number, filter?: string) =>
  (await all(client().list('Users', { pageSize, filter }))).map(({ id }) => id);
const idsOf = (from: number, to: number) => users(from, to).map(({ id }) => id);

/** A page of the list, asked for as `startIndex` and `count`. */
function page(startIndex: number, count: number, resources: readonly object[], totalResults: number): void {
  service().get('/Users').query({ startIndex, count }).reply(200, listOf(resources, totalResults));
}

describe('a list', () => {
  mockService();

  test('is read page by page, with what was asked for in each', async () => {
    for (const startIndex of [1, 3]) {
      service()
        .get('/Users')
        .query({ filter: 'active eq true', attributes: 'userName,emails', startIndex, count: 2 })
        .reply(200, listOf(startIndex === 1 ? users(1, 2) : users(3, 3), 3));
    }
    const options = { pageSize: 2, filter: 'active eq true', attributes: ['userName', 'emails'] };
    expect((await all(client().list('Users', options))).map(({ id }) => id)).toEqual(idsOf(1, 3));
  });

  test('may be empty, also without Resources, and its total a text', async () => {
    service().get('/Users').query(true).reply(200, { totalResults: '0' });
    expect(await ids(2)).toEqual([]);
  });

  test('goes on where pages are smaller than asked for', async () => {
    page(1, 100, users(1, 2), 5);
    page(3, 100, users(3, 4), 5);
    page(5, 100, users(5, 5), 5);
    expect(await ids(100)).toEqual(idsOf(1, 5));
  });

  test('goes on behind a full page although the total says that it was the last', async () => {
    page(1, 2, users(1, 2), 2);
    page(3, 2, users(3, 4), 2);
    page(5, 2, users(5, 5), 2);
    expect(await ids(2)).toEqual(idsOf(1, 5));
  });

  test('ends where a full page was the last, also when the service starts again from the front', async () => {
    page(1, 2, users(1, 2), 2);
    page(3, 2, users(1, 2), 2);
    expect(await ids(2)).toEqual(idsOf(1, 2));
  });

  test('has each once, when somebody new pushes others to the next page', async () => {
    page(1, 2, users(1, 2), 3);
    page(3, 2, users(2, 3), 4);
    page(5, 2, users(4, 4), 4);
    expect(await ids(2)).toEqual(idsOf(1, 4));
  });

  test('that breaks off is an error: whoever is missing would look deleted', async () => {
    page(1, 2, users(1, 2), 5);
    page(3, 2, [], 5);
    const error = await rejection(ids(2));
    expect([error.code, error.message]).toEqual([
      'response-invalid',
      expect.stringContaining('ends the list after 2 of 5 resources'),
    ]);
  });

  test('that repeats a page is an error', async () => {
    page(1, 2, users(1, 2), 5);
    page(3, 2, users(1, 2), 5);
    expect((await rejection(ids(2))).message).toContain('gives a page that was there before');
  });

  test.each([
    [[]],
    [{}],
    [{ totalResults: -1 }],
    [{ totalResults: 1.5 }],
    [{ totalResults: 1, Resources: {} }],
    [{ totalResults: 1, Resources: [null] }],
    [{ totalResults: 1, Resources: [{ id: 7 }] }],
    [{ totalResults: 1, Resources: [{ userName: 'x' }] }],
    ['a text'],
  ])('%j is none', async (body) => {
    service().get('/Users').query(true).reply(200, JSON.stringify(body));
    expect((await rejection(ids(2))).code).toBe('response-invalid');
  });

  test('of the service of a Veza tenant has pages of 200', async () => {
    service()
      .get('/Users')
      .query({ startIndex: 1, count: 200 })
      .reply(200, listOf(users(1, 1)));
    expect(await all(client({ dialect: 'veza' }).list('Users'))).toHaveLength(1);
  });
});
