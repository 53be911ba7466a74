import { describe, expect, test } from 'vitest';
import { standardProfile } from '../profile.ts';
import { customUrn, customUsers } from '../resource/test-schemas.ts';
import { readSort, type SortParameters } from './read-sort.ts';

function read(parameters: SortParameters): string {
  const { path, descending } = readSort(parameters, customUsers, standardProfile);
  const names = [path?.extension?.id, path?.attribute.name, path?.sub?.name].filter((name) => name !== undefined);
  return `${names.join(' ')}${descending ? ' descending' : ''}`;
}

describe('#48 sortBy and sortOrder', () => {
  test.each([
    [{}, ''],
    [{ sortBy: '' }, ''],
    [{ sortBy: 'userName' }, 'userName'],
    [{ sortBy: 'USERNAME', sortOrder: 'ascending' }, 'userName'],
    [{ sortBy: 'name.familyName', sortOrder: 'Descending' }, 'name familyName descending'],
    [{ sortBy: 'urn:ietf:params:scim:schemas:core:2.0:User:title' }, 'title'],
    [{ sortBy: `${customUrn}:payGrade`, sortOrder: '' }, `${customUrn} payGrade`],
    [{ sortBy: 'emails' }, 'emails value'],
    [{ sortBy: 'meta.lastModified' }, 'meta lastModified'],
    [{ sortBy: 'nothing', sortOrder: 'descending' }, ''],
    [{ sortOrder: 'descending' }, ''],
  ])('%j', (parameters, expected) => {
    expect(read(parameters)).toBe(expected);
  });
});

describe('#49 refused with 400 invalidValue', () => {
  test.each([
    [{ sortOrder: 'up' }, 'sortOrder has to be ascending or descending.'],
    [{ sortBy: 'userName', sortOrder: 'up' }, 'sortOrder has to be ascending or descending.'],
    [{ sortBy: 'name' }, 'sortBy has to name a sub-attribute of name.'],
    [{ sortBy: 'password' }, 'sortBy names an attribute that is never returned.'],
    [{ sortBy: `${customUrn}:contract.secret` }, 'sortBy names an attribute that is never returned.'],
  ])('%j', (parameters, detail) => {
    expect(() => read(parameters)).toThrow(expect.objectContaining({ status: 400, scimType: 'invalidValue', detail }));
  });

  test('an unknown attribute, where the profile says so', () => {
    const strict = { ...standardProfile, unknownFilterAttributes: 'reject' } as const;
    expect(() => readSort({ sortBy: 'nothing' }, customUsers, strict)).toThrow(
      'sortBy names an attribute that resources of this type do not have.',
    );
  });
});
