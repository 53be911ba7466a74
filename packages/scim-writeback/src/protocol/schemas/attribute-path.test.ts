import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { printAttributePath, splitAttributePath } from './attribute-path.ts';

describe('an attribute path is split', () => {
  test.each([
    ['userName', undefined, 'userName', undefined],
    ['name.givenName', undefined, 'name', 'givenName'],
    [
      'urn:ietf:params:scim:schemas:core:2.0:User:userName',
      'urn:ietf:params:scim:schemas:core:2.0:User',
      'userName',
      undefined,
    ],
    ['urn:a:2.0:User:manager.value', 'urn:a:2.0:User', 'manager', 'value'],
    ['members.$ref', undefined, 'members', '$ref'],
    ['a.b.c', undefined, 'a', 'b.c'],
    ['', undefined, '', undefined],
  ])('%s', (text, urn, name, sub) => {
    expect(splitAttributePath(text)).toEqual({ urn, name, sub });
  });

  test('so that printing it gives the text back', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', 'B', '2', '.', ':', '$') });
    fc.assert(fc.property(texts, (text) => printAttributePath(splitAttributePath(text)) === text));
  });
});
