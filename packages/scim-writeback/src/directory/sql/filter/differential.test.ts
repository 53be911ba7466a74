import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canonicalInstant } from '../../../protocol/filter/canonical-instant.ts';
import { compileResolvedFilter } from '../../../protocol/filter/compile-filter.ts';
import { refusal, stored } from '../../../protocol/filter/test-matches.ts';
import { Oracle } from '../../../protocol/filter/test-oracle.ts';
import {
  mutate,
  type Random,
  randomFilter,
  randomNumbers,
  randomResource,
} from '../../../protocol/filter/test-random-filters.ts';
import { badgeUrn, groups, users } from '../../../protocol/filter/test-resource-type.ts';
import { standardProfile } from '../../../protocol/profile.ts';
import { withSchemas } from '../../../protocol/resource/complete-resource.ts';
import type { ResourceSchema } from '../../../protocol/schemas/resource-schema.ts';
import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import { readSort } from '../../../protocol/sort/read-sort.ts';
import { sortResources } from '../../../protocol/sort/test-sort.ts';
import type { ResourceKind, StoredResource } from '../../directory.ts';
import { valuesAt } from '../values-at.ts';
import { assemble } from './test-assembled.ts';
import { openTestDatabase, resourceOf, storeMembers, storeResources, type TestDatabase } from './test-database.ts';
import { type Asked, filterOf, list } from './test-list.ts';
import { translateFilter } from './translate-filter.ts';

const userCount = 1_000;
const groupCount = 60;
/**
 * FUZZ_TIMES=10 before a release: so many times as many filters, and the oracle, which reads the text anew for each
 * resource, is asked of all of them; else of some, others each time.
 */
const times = Number(process.env.FUZZ_TIMES ?? 1);
const oracleSample = times > 1 ? userCount : 100;

/** Far above what it takes; only an endless loop reaches it. */
const watchdogMs = 300_000 * times;

const random = randomNumbers(20_261_122);
const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)] as Item;

const raw = Array.from({ length: userCount }, () => stored(randomResource(random)));
const names = [...new Set(raw.map(({ userName }) => String(userName)))].filter((name) => name !== '');
// Ids that are names as well are those for which the filters ask.
const userIds = raw.map((_, index) => names[index] ?? `u${index}`);
const groupIds = Array.from({ length: groupCount }, (_, index) => `${pick(names)}${index}`);

const instantOf = (resource: ScimObject) => canonicalInstant(String((resource.meta as ScimObject).lastModified)) ?? '';
const people = raw.map((resource, index): StoredResource => {
  const { id, meta, ...attributes } = resource;
  return resourceOf('User', userIds[index] ?? '', withSchemas(attributes, users), {
    version: 1 + random(12),
    created: instantOf(pick(raw)),
    lastModified: instantOf(resource),
  });
});
const teams = groupIds.map((id, index): StoredResource => {
  const { displayName = 'x', externalId } = raw[index] ?? {};
  const attributes = withSchemas({ displayName, ...(externalId !== undefined && { externalId }) }, groups);
  const lastModified = instantOf(pick(raw));
  return resourceOf('Group', id, attributes, { created: lastModified, lastModified });
});
const edges = [
  ...Array.from({ length: 900 }, () => [pick(groupIds), pick(userIds), 'User' as ResourceKind] as const),
  ...Array.from({ length: 40 }, () => [pick(groupIds), pick(groupIds), 'Group' as ResourceKind] as const),
];
const members = [...new Map(edges.map((edge) => [`${edge[0]} ${edge[1]}`, edge])).values()];
const assembled = assemble([...people, ...teams], members);

let database: TestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  // Stored from behind, so that no order is that of the rows.
  await storeResources(database.db, 'acme', [...people, ...teams].toReversed());
  await storeMembers(database.db, 'acme', members);
  await storeResources(database.db, 'other', people.slice(0, 200));
});
afterAll(() => database.close());

const letterCase = (text: string) => pick([text, text.toUpperCase(), text.toLowerCase()]);
const emails = raw.flatMap((one) => valuesAt(one, ['emails', 'value'])).map(String);
const part = (text: string) => pick([text, text.slice(1), text.slice(0, -1)]).toWellFormed();

const emailPaths = ['emails', 'emails.value', 'emails[type eq "work"].value', 'emails[not (primary eq true)].value'];
/** Of somebody, in another case or in part; the values of others are the same, or begin in the same way. */
const email = () => letterCase(part(pick(emails)));

/** A term about what a directory computes, which the generator of the protocol does not know, or finds by an index. */
function computedTerm(schema: ResourceSchema): string {
  const related = schema === groups ? 'members' : 'groups';
  const operator = pick(['eq', 'eq', 'eq', 'ne', 'gt', 'ge', 'lt', 'le', 'co', 'sw', 'ew', 'pr']);
  const [path, text] = pick([
    [related, pick([...groupIds, ...userIds.slice(0, 40)])],
    ...(schema === users ? [[pick(emailPaths), email()] as const] : []),
    [`${related}.value`, pick(groupIds)],
    [`${related}.display`, letterCase(part(pick(names)))],
    [`${related}.type`, pick(['direct', 'Indirect', 'User', 'group', 'd'])],
    ['id', part(pick([...groupIds, ...userIds]))],
    ['externalId', part(pick(names))],
    ['displayName', letterCase(part(pick(names)))],
    ['meta.created', `${instantOf(pick(raw))}Z`],
    ['meta.resourceType', pick(['User', 'Group', 'user'])],
    ['meta.version', pick(['W/"1"', 'W/"2"', '"'])],
  ] as const);
  return operator === 'pr' ? `${path} pr` : `${path} ${operator} ${JSON.stringify(text)}`;
}

/** A term about one e-mail address. */
function emailTerm(): string {
  const term = `value ${pick(['eq', 'eq', 'sw', 'ne'])} ${JSON.stringify(email())}`;
  return pick([term, `not (${term})`]);
}

function filterText(schema: ResourceSchema, generate: (random: Random) => string): string {
  const related = schema === groups ? 'members' : 'groups';
  const inBrackets = () => computedTerm(schema).replace(/^[\w.]+/, pick(['value', 'display', 'type']));
  // Groups have no e-mail addresses.
  switch (random(schema === groups ? 8 : 9)) {
    case 0:
      return `${computedTerm(schema)} and (${generate(random)})`;
    case 1:
      return `not (${computedTerm(schema)}) or ${generate(random)}`;
    case 2:
      return `${related}[${inBrackets()} ${pick(['and', 'or'])} not (${inBrackets()})]`;
    case 3:
      return `${related}[${inBrackets()}].${inBrackets()}`;
    case 8:
      return `${pick(['', 'not '])}(emails[${emailTerm()} ${pick(['and', 'or'])} ${pick(['type eq "work"', emailTerm()])}])`;
    default:
      // Groups have few of the attributes that the generator knows.
      return schema === groups
        ? `${computedTerm(schema)} ${pick(['and', 'or'])} ${generate(random)}`
        : generate(random);
  }
}

const sorts: Record<'User' | 'Group', readonly string[]> = {
  User: [
    ...['userName', 'displayName', 'externalId', 'active', 'meta.lastModified', 'meta.created', 'id', 'meta.version'],
    ...['title', 'emails', 'name.familyName', 'meta.resourceType', 'x509Certificates', 'manager.displayName', 'code'],
    ...['score', 'usedAt', 'visits', 'tags', 'level'].map((name) => `${badgeUrn}:${name}`),
  ],
  Group: ['displayName', 'externalId', 'meta.created', 'id', 'schemas'],
};

function randomPage(kind: ResourceKind): Asked {
  const bySweep = random(2) === 0;
  if (random(2) === 0) return { bySweep };
  return {
    bySweep,
    sortBy: pick(sorts[kind]),
    sortOrder: pick([undefined, 'ascending', 'descending']),
    startIndex: 1 + random(pick([1, 10, 1_100])),
    count: random(pick([1, 10, 500])),
  };
}

interface Tally {
  readonly wrong: unknown[];
  asked: number;
  dividing: number;
  exact: number;
}

async function compare(schema: ResourceSchema, text: string, turn: number, tally: Tally): Promise<void> {
  if (refusal(text, { schema }) !== undefined) return;
  const kind = schema === groups ? 'Group' : 'User';
  const filter = filterOf(text, schema);
  const asked = { filter: text, ...randomPage(kind) };
  const own = assembled.filter((one) => (one.meta as ScimObject).resourceType === kind);
  const right = own.filter(compileResolvedFilter(filter));
  const sort = readSort(asked, schema, standardProfile);
  const begin = (asked.startIndex ?? 1) - 1;
  const page = sortResources(right, sort).slice(begin, begin + (asked.count ?? Number.POSITIVE_INFINITY));
  const expected = { ids: page.map(({ id }) => id), total: right.length };
  const found = await list(database.db, schema, asked);
  if (JSON.stringify(found) !== JSON.stringify(expected)) tally.wrong.push({ asked, found, expected });
  // It knows the attributes of users only.
  if (kind === 'User') {
    const oracle = new Oracle(text, true);
    const matching = new Set(right);
    for (let index = 0; index < oracleSample; index++) {
      const one = own[(turn * oracleSample + index) % own.length] ?? {};
      if (oracle.matches(one) !== matching.has(one)) tally.wrong.push({ text, resource: one });
    }
  }
  tally.asked += 1;
  if (right.length > 0 && right.length < own.length) tally.dividing += 1;
  if (translateFilter(filter, { organization: 'acme', kind, schema }).exact) tally.exact += 1;
}

describe.each([
  ['users', users, 300, 400],
  ['groups', groups, 300, 500],
])('of %s', (_name, schema, filterCount, mutatedCount) => {
  test.each([
    ['of the grammar', filterCount * times, (numbers: Random) => randomFilter(numbers)],
    ['mutated', mutatedCount * times, (numbers: Random) => mutate(randomFilter(numbers, 2), numbers)],
  ])(
    'lists by filters that are %s are what the evaluator and the oracle say, page by page',
    async (_kind, count, generate) => {
      const tally: Tally = { wrong: [], asked: 0, dividing: 0, exact: 0 };
      for (let turn = 0; turn < count; turn++) await compare(schema, filterText(schema, generate), turn, tally);
      expect(tally.wrong).toEqual([]);
      // Neither most filters refused, nor most without effect, nor all answered in the same way.
      expect(tally.asked).toBeGreaterThan(count * 0.2);
      // Of what the generator asks, groups have little.
      expect(tally.dividing).toBeGreaterThan(tally.asked * (schema === groups ? 0.15 : 0.2));
      expect(tally.exact).toBeGreaterThan(tally.asked * 0.1);
      if (schema === users) expect(tally.exact).toBeLessThan(tally.asked * 0.9);
    },
    watchdogMs,
  );
});
