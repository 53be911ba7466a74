import { type SqlBool, sql } from 'kysely';
import type { Column } from './column.ts';
import type { Relation } from './relation.ts';

/** What the column `display` of the table has, folded. */
const display = sql<
  string | null
>`(select coalesce(nullif(shown.display_name, ''), shown.user_name) from resources as shown
  where shown.organization = related.organization and shown.id = related.member_id)`;

const columns: ReadonlyMap<string, Column> = new Map([
  ['value', { type: 'text', caseExact: true, value: sql<string>`related.member_id` }],
  [
    'type',
    {
      type: 'choice',
      value: sql<string>`related.member_kind`,
      choices: [
        { stored: 'User', shown: 'User' },
        { stored: 'Group', shown: 'Group' },
      ],
    },
  ],
  ['display', { type: 'text', caseExact: false, value: display }],
]);

/** The `members` of the groups of an organization. RFC 7643 s4.2. */
export function memberRelation(organization: string): Relation {
  return {
    columns,
    some: (where) => sql<SqlBool>`exists (select 1 from members as related
      where related.organization = ${organization} and related.group_id = resources.id and ${where === true ? sql`1 = 1` : where})`,
    withId: (id) => sql<SqlBool>`resources.id in (select found.group_id from members as found
      where found.organization = ${organization} and found.member_id = ${id})`,
  };
}
