import { describe, expect, test } from 'vitest';
import { comparableLocalUser, comparableScimUser, differingPaths } from './comparable.ts';
import { silentGroupPaths, silentUserPaths } from './silent-paths.ts';
import { groups, users } from './test-mapping.ts';

const jane = { userName: 'jane', title: 'Lead', active: false, emails: [{ value: 'jane@x.org' }] };
const directory = comparableScimUser(jane, users);

describe('a connector that extracts names only', () => {
  const base = [{ name: 'jane' }, { name: 'joe', identities: ['CORP\\joe'] }];
  const silent = silentUserPaths(base, { region: 'STRING' }, users);

  test('says nothing of what SCIM wrote elsewhere', () => {
    expect(differingPaths(directory, comparableLocalUser({ name: 'jane' }, users, silent))).toEqual([]);
  });

  test('still says what a user has', () => {
    const facts = comparableLocalUser({ name: 'jane', custom_properties: { title: 'Boss' } }, users, silent);
    expect(differingPaths(directory, facts)).toEqual(['title']);
  });

  test('still says another name', () => {
    expect(differingPaths(directory, comparableLocalUser({ name: 'janet' }, users, silent))).toEqual(['userName']);
  });
});

describe('a connector that extracts titles and addresses', () => {
  const base = [
    { name: 'jane', is_active: true },
    { name: 'joe', identities: ['joe@x.org'] },
  ];
  const silent = silentUserPaths(base, { TITLE: 'STRING' }, users);

  test('says that somebody has none', () => {
    const facts = comparableLocalUser({ name: 'jane', is_active: true }, users, silent);
    expect(differingPaths(directory, facts).toSorted()).toEqual(['active', 'emails', 'title']);
  });
});

test('groups have externalId where the connector defines its property', () => {
  expect([...silentGroupPaths(undefined, groups)]).toEqual(['externalId']);
  expect([...silentGroupPaths({ external_id: 'STRING' }, groups)]).toEqual([]);
});
