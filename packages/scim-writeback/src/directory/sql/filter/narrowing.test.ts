import { expect, test } from 'vitest';
import { groups, users } from '../../../protocol/filter/test-resource-type.ts';
import { narrowingOf } from './narrowing.ts';
import { filterOf } from './test-list.ts';

const narrowing = (text: string, kind: 'User' | 'Group' = 'User') => {
  const schema = kind === 'User' ? users : groups;
  return narrowingOf(filterOf(text, schema), { organization: 'acme', kind, schema });
};

test.each([
  'userName eq "a"',
  'externalId eq "a"',
  'emails.value eq "a"',
  'emails[type eq "work" and value eq "a"]',
  'emails[type eq "work"].value eq "a"',
  'groups.value eq "a"',
  'userName eq "a" or userName eq "b" or emails eq "c"',
  'title co "x" and (userName eq "a" or id eq "b") and not (title pr)',
  'unknown eq "a"',
])('an index finds those few that can match: %s', (text) => expect(narrowing(text)).toBe('few'));

test.each([
  'userName sw "a"',
  'emails.value sw "a"',
  'active eq true',
  'active eq true and meta.lastModified ge "2020-01-01T00:00:00Z" and title co "x"',
])('an index narrows it down: %s', (text) => expect(narrowing(text)).toBe('some'));

test.each([
  'userName co "a"',
  'userName ne "a"',
  'userName pr',
  'title eq "a"',
  'not (userName eq "a")',
  'groups.display eq "a"',
  'userName sw "a" or userName sw "b"',
  'userName eq "a" or title eq "b"',
  'unknown ne "a"',
])('no index says anything: %s', (text) => expect(narrowing(text)).toBe('all'));

test('groups are found by their members', () => {
  expect(narrowing('members.value eq "a"', 'Group')).toBe('few');
  expect(narrowing('members.display eq "a"', 'Group')).toBe('all');
});
