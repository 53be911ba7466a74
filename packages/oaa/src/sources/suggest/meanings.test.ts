import { describe, expect, test } from 'vitest';
import { isPlace, meaningOf, subjectOfFile } from './meanings.ts';

describe('headers', () => {
  test.each([
    ['USER_ID', 'userId'],
    ['Member No', 'userId'],
    ['team_key', 'groupId'],
    ['userName', 'login'],
    ['Kennung', 'login'],
    ['E-Mail', 'email'],
    ['work_email', 'email'],
    ['Primary Email', 'email'],
    ['Letzte Anmeldung', 'lastLoginAt'],
    ['last-logon', 'lastLoginAt'],
    ['whenCreated', 'createdAt'],
    ['Rollen', 'role'],
    ['assigned roles', 'role'],
    ['AD groups', 'group'],
    ['memberOf', 'group'],
    ['Berechtigung', 'permission'],
    ['oaapermission', 'effects'],
    ['password', 'secret'],
    ['password last changed', 'passwordLastChangedAt'],
    ['Geburtsdatum', 'personal'],
  ])('%j means %s', (header, meaning) => {
    expect(meaningOf(header)).toBe(meaning);
  });

  test.each(['department', 'manager email', 'job role', 'age group', 'toString', '__proto__', '', 'title'])(
    '%j has no meaning of its own',
    (header) => {
      expect(meaningOf(header)).toBeUndefined();
    },
  );

  test('places limit a grant', () => {
    expect(['Lagerort', 'site', 'Sales region', 'department'].map(isPlace)).toEqual([true, true, true, false]);
  });
});

test.each([
  ['users.csv', 'users'],
  ['export/2024-01_Mitarbeiter.csv.gz', 'users'],
  ['group_members.csv', 'groups'],
  ['role-permissions.csv', 'permissions'],
  ['user_roles.csv', 'roles'],
  ['userGrants.ndjson', 'assignments'],
  ['data.csv', undefined],
])('the file %s is about %s', (file, subject) => {
  expect(subjectOfFile(file)).toBe(subject);
});
