import type { SQLInputValue } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { groups, users } from '../../../protocol/filter/test-resource-type.ts';
import { withSchemas } from '../../../protocol/resource/complete-resource.ts';
import type { ResourceSchema } from '../../../protocol/schemas/resource-schema.ts';
import { openTestDatabase, resourceOf, storeMembers, storeResources, type TestDatabase } from './test-database.ts';
import { type Asked, list } from './test-list.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  const numbers = Array.from({ length: 30 }, (_, index) => index);
  await storeResources(database.db, 'acme', [
    ...numbers.map((n) =>
      resourceOf(
        'User',
        `u${n}`,
        withSchemas({ userName: `user${n}`, active: true, emails: [{ value: `Mail${n}@x` }] }, users),
      ),
    ),
    ...numbers.map((n) => resourceOf('Group', `g${n}`, withSchemas({ displayName: `team${n}` }, groups))),
  ]);
  await storeMembers(
    database.db,
    'acme',
    numbers.map((n) => [`g${n}`, `u${n}`, 'User']),
  );
});
afterAll(() => database.close());

/** How SQLite finds what a list asks for: every step that reads a table (given ids are none); the page and its count often have the same. */
async function plan(asked: Asked, schema: ResourceSchema): Promise<string[]> {
  const before = database.statements.length;
  await list(database.db, schema, { count: 10, ...asked });
  const steps = database.statements.slice(before).flatMap(({ sql, parameters }) => {
    const explained = database.connection.prepare(`explain query plan ${sql}`).all(...(parameters as SQLInputValue[]));
    return explained.map(({ detail }) => String(detail));
  });
  const reading = steps.filter((step) => /^(?:SCAN|SEARCH) (?!CONSTANT ROW|json_each)/.test(step));
  return [...new Set(reading.map((step) => step.replace('COVERING ', '')))];
}

const key = (columns: string) => `(organization=? AND ${columns})`;

describe('an index finds, with the organization first', () => {
  const span = 'meta.lastModified ge "2026-01-01T00:00:00Z" and meta.lastModified le "2026-12-31T00:00:00Z"';
  const byKey = `USING INDEX sqlite_autoindex_resources_1 ${key('id=?')}`;
  const byId = `USING INDEX resources_by_id ${key('kind=?')}`;
  const byName = `USING INDEX resources_by_user_name ${key('kind=?')}`;
  const byIds = `USING INDEX resources_by_id ${key('kind=? AND id=?')}`;
  const byName7 = `USING INDEX resources_by_user_name ${key('kind=? AND user_name=?')}`;
  const byActiveId = `USING INDEX resources_by_active ${key('kind=? AND active=? AND id=?')}`;
  const byMail = `SEARCH found USING INDEX sqlite_autoindex_searched_values_1 ${key('kind=? AND attribute=? AND value=?')}`;
  const byMailFrom = byMail.replace('value=?', 'value>? AND value<?');
  test.each<[Asked, ResourceSchema, ...string[]]>([
    [{ filter: 'userName eq "user7"' }, users, `USING INDEX resources_by_user_name ${key('kind=? AND user_name=?')}`],
    [
      { filter: 'not (userName ne "user7")' },
      users,
      `USING INDEX resources_by_user_name ${key('kind=? AND user_name=?')}`,
    ],
    [{ filter: 'externalId eq "7"' }, users, `USING INDEX resources_by_external_id ${key('kind=? AND external_id=?')}`],
    [{ filter: 'id eq "u7"' }, users, byKey],
    [
      { filter: 'displayName eq "Team7"' },
      groups,
      `USING INDEX resources_by_display_name ${key('kind=? AND display_name=?')}`,
    ],
    [
      { filter: `active eq true and ${span}` },
      users,
      `USING INDEX resources_by_last_modified ${key('kind=? AND last_modified>? AND last_modified<?')}`,
    ],
    [
      { filter: 'userName sw "user7"' },
      users,
      `USING INDEX resources_by_user_name ${key('kind=? AND user_name>? AND user_name<?')}`,
    ],
    [
      { filter: 'members.value eq "u7"' },
      groups,
      `USING INDEX resources_by_id ${key('kind=? AND id=?')}`,
      `USING INDEX members_by_member ${key('member_id=?')}`,
    ],
    [
      { filter: 'id eq "g7" and members eq "u7"' },
      groups,
      byKey,
      `USING INDEX members_by_member ${key('member_id=?')}`,
    ],
    [
      { filter: 'groups.value eq "g7"' },
      users,
      `USING INDEX resources_by_id ${key('kind=? AND id=?')}`,
      'SCAN inside',
      `SEARCH inner_group USING INDEX sqlite_autoindex_members_1 ${key('group_id=?')}`,
      `SEARCH found USING INDEX sqlite_autoindex_members_1 ${key('group_id=?')}`,
    ],
    [
      { filter: 'userName eq "user7" or externalId eq "7"' },
      users,
      `USING INDEX resources_by_user_name ${key('kind=? AND user_name=?')}`,
      `USING INDEX resources_by_external_id ${key('kind=? AND external_id=?')}`,
    ],
    // With the revision by which it is known later where this page begins.
    [{}, users, byId, 'SEARCH organizations USING INDEX sqlite_autoindex_organizations_1 (id=?)'],
    [{ sortBy: 'id', sortOrder: 'descending' }, users, byId],
    [{ sortBy: 'userName' }, users, byName],
    [{ sortBy: 'userName', sortOrder: 'descending' }, users, byName],
    [
      { filter: 'userName eq "user7" and not (title co "x")' },
      users,
      `USING INDEX resources_by_user_name ${key('kind=? AND user_name=?')}`,
    ],
    [{ filter: 'not (title co "x")' }, users, byId],
    ...[
      'emails eq "mail7@X"',
      'emails.value eq "mail7@x"',
      'not (emails.value ne "mail7@x")',
      'emails[type eq "work"].value eq "mail7@x"',
      'emails[type eq "work" and value eq "mail7@x"]',
    ].map((filter): [Asked, ResourceSchema, ...string[]] => [{ filter }, users, byIds, byMail]),
    [{ filter: 'active eq true and emails eq "mail7@x"' }, users, byActiveId, byMail],
    [{ filter: 'emails.value sw "Mail7"' }, users, byIds, byMailFrom],
    [{ filter: 'userName eq "user7" or emails eq "mail7@x"' }, users, byName7, byMail, byIds],
  ])('%j', async (asked, schema, ...expected) => {
    const steps = (await plan(asked, schema)).filter((step) => !step.includes('resource_counts'));
    // The first pages of all, and what is looked up by one value, are read where they are found. All else that is found is fetched by its key; of documents
    // that have to be read, the ids are found first.
    const isLookup = /^\w+ eq "\w+"$/.test(asked.filter ?? '') || Object.keys(asked).length === 0;
    const isRead = /title|emails/.test(asked.filter ?? '');
    const all = new Set(isLookup ? expected : isRead ? [...expected, byKey] : [byKey, ...expected]);
    expect(steps).toEqual([...all].map((step) => (step.startsWith('SCAN') ? step : expect.stringContaining(step))));
  });

  test.each([
    ['groups[type eq "indirect" and display sw "t"].value ne "g7"', users],
    ['groups pr and not (groups.type eq "direct")', users],
    ['members[type eq "User" and display sw "u"].value ne "u7"', groups],
    ['not (members.display co "7")', groups],
    ['userName eq "user7" or externalId eq "7" or active eq false', users],
  ])('and never is a table read from end to end: %s', async (filter, schema) => {
    const steps = await plan({ filter }, schema);
    expect(steps.length).toBeGreaterThan(0);
    for (const step of steps)
      expect(step).toMatch(/^(?:SEARCH \w+ USING .*\(organization=\? AND|SCAN (?:related|inside)$)/);
  });
});
