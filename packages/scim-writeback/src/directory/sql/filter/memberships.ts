import { type SqlBool, sql } from 'kysely';
import type { Column } from './column.ts';
import type { Relation } from './relation.ts';

// The joins are cross joins, which SQLite takes in the order in which they are written: it would rather begin with all
// members of the organization.

/** The `groups` of the users of an organization: those that they are in, and those that these are in. RFC 7643 s4.1.2. */
export function membershipRelation(organization: string): Relation {
  const display = sql<string | null>`(select coalesce(shown.display_name, '') from resources as shown
    where shown.organization = ${organization} and shown.id = related.id)`;
  const direct = sql<number>`(select count(*) from members as own
    where own.organization = ${organization} and own.group_id = related.id and own.member_id = resources.id)`;
  const columns: ReadonlyMap<string, Column> = new Map([
    ['value', { type: 'text', caseExact: true, value: sql<string>`related.id` }],
    [
      'type',
      {
        type: 'choice',
        value: direct,
        choices: [
          { stored: 1, shown: 'direct' },
          { stored: 0, shown: 'indirect' },
        ],
      },
    ],
    ['display', { type: 'text', caseExact: false, value: display }],
  ]);
  return {
    columns,
    // `union` keeps no group twice, so that groups within each other come to an end.
    some: (where) => sql<SqlBool>`exists (with recursive related(id) as (
        select own.group_id from members as own
        where own.organization = ${organization} and own.member_id = resources.id
        union
        select outer_group.group_id from related cross join members as outer_group
        where outer_group.organization = ${organization} and outer_group.member_id = related.id)
      select 1 from related where ${where === true ? sql`1 = 1` : where})`,
    withId: (id) => sql<SqlBool>`resources.id in (with recursive inside(id) as (
        select ${id}
        union
        select inner_group.member_id from inside cross join members as inner_group
        where inner_group.organization = ${organization} and inner_group.group_id = inside.id
          and inner_group.member_kind = 'Group')
      select found.member_id from inside cross join members as found
      where found.organization = ${organization} and found.group_id = inside.id)`,
  };
}
