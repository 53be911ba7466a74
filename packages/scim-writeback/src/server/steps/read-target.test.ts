import { describe, expect, test } from 'vitest';
import { readTarget } from './read-target.ts';

describe('#9 slashes and the version prefix say nothing', () => {
  test.each([
    ['/Users', ['Users'], false],
    ['/Users/', ['Users'], false],
    ['//Users//42', ['Users', '42'], false],
    ['Users', ['Users'], false],
    ['/v2/Users/42/', ['Users', '42'], true],
    ['//v2//Users', ['Users'], true],
    ['/v2/v2', ['v2'], true],
    ['/Users/v2', ['Users', 'v2'], false],
    ['', [], false],
    ['/?filter=a', [], false],
  ])('%s', (url, segments, versioned) => expect(readTarget(url)).toMatchObject({ segments, versioned }));
});

describe('a segment is decoded once, and leads nowhere', () => {
  test.each([
    ['/Users/a%2Fb', 'a/b'],
    ['/Users/%2e%2e', '..'],
    ['/Users/..', '..'],
    ['/Users/%252e', '%2e'],
    ['/Users/%C3%A9', 'é'],
    ['/Users/a+b', 'a+b'],
    ['/Users/__proto__', '__proto__'],
  ])('%s', (url, id) => expect(readTarget(url).segments).toEqual(['Users', id]));
});

test.each(['/Users/%', '/Users/%zz', '/Users/%ff', '/Users/%c3%28', '/Users/%00'])('%s is answered 400', (url) => {
  expect(() => readTarget(url)).toThrow(expect.objectContaining({ status: 400 }));
});

describe('the query', () => {
  const query = (text: string) => readTarget(`/Users?${text}`).query;

  test.each([
    ['filter=userName%20eq%20%22a%22', 'userName eq "a"'],
    ['filter=userName+eq+%22a%2Bb%22', 'userName eq "a+b"'],
    ['filter=a=b', 'a=b'],
    ['filter=', ''],
    ['filter', ''],
    ['x=%&filter=a&%=y', 'a'],
    ['Filter=a', undefined],
    ['', undefined],
  ])('%s', (text, filter) => expect(query(text).get('filter')).toBe(filter));

  test('#8 nothing is asked of parameters that nobody reads', () => {
    expect(query('aadOptscim062020&x=%zz&x=%zz&__proto__=1').get('filter')).toBeUndefined();
  });

  test('a parameter that is read is there once, and encoded', () => {
    for (const text of ['count=1&count=2', 'count=%zz']) {
      expect(() => query(text).get('count')).toThrow(
        expect.objectContaining({ status: 400, scimType: 'invalidValue' }),
      );
    }
  });

  test('lists may come in pieces', () => {
    expect(query('attributes=a,b&attributes=c').all('attributes')).toEqual(['a,b', 'c']);
  });
});
