import { type ExpressionBuilder, type Kysely, sql } from 'kysely';
import type { Page } from '../../protocol/list/read-page.ts';
import type { ResourceKind, ResourcePage } from '../directory.ts';
import { compileOnce } from './compile-once.ts';
import type { ListScope } from './list-scope.ts';
import type { PageStart, PageStarts } from './page-starts.ts';
import { rowNumber } from './row-number.ts';
import { contentOfKind, type ResourceRow, readResourcesOf } from './stored-resource.ts';
import type { Tables } from './tables.ts';

type PageRow = Omit<ResourceRow, 'kind'>;

interface GivenPage {
  readonly organization: string;
  readonly kind: ResourceKind;
  readonly limit: number;
  readonly offset: number;
}

interface GivenStart extends Omit<GivenPage, 'offset'> {
  readonly from: string;
  readonly revision: number;
}

/** Beyond, it takes longer to pass over rows than to find those of the page by their ids. */
const farOffset = 1_000;

/** A page whose first id is known, as long as nothing has changed since it was. */
const selectFrom = compileOnce((db, given: GivenStart) =>
  db
    .selectFrom('resources')
    .select(contentOfKind)
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    // In one condition, which is null at another revision: as two, all that is left of the list would be looked at in vain.
    .where((build) => build('id', '>=', startOf(build, given)))
    .orderBy('id')
    .limit(rowNumber(given.limit)),
);

const selectPage = compileOnce((db, given: GivenPage) =>
  pageOfAll(db, given)
    .select(contentOfKind)
    .select((build) => momentOf(build, given)),
);

const selectFarPage = compileOnce((db, given: GivenPage) =>
  db
    .selectFrom('resources')
    .select(contentOfKind)
    .select((build) => momentOf(build, given))
    .where('organization', '=', given.organization)
    .where('id', 'in', pageOfAll(db, given).select('id'))
    .orderBy('id'),
);

function pageOfAll(db: Kysely<Tables>, given: GivenPage) {
  return db
    .selectFrom('resources')
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind)
    .orderBy('id')
    .limit(rowNumber(given.limit))
    .offset(rowNumber(given.offset));
}

function startOf(build: ExpressionBuilder<Tables, 'resources'>, { organization, from, revision }: GivenStart) {
  return build
    .selectFrom('organizations')
    .select(sql<string>`cast(${from} as text)`.as('from'))
    .where('id', '=', organization)
    .where('revision', '=', revision);
}

function momentOf(build: ExpressionBuilder<Tables, 'resources'>, { organization, kind }: GivenPage) {
  const count = build
    .selectFrom('resource_counts')
    .select('count')
    .where('organization', '=', organization)
    .where('kind', '=', kind);
  const revision = build.selectFrom('organizations').select('revision').where('id', '=', organization);
  return [revision.as('revision'), count.as('total')] as const;
}

/**
 * A page of all resources of a kind, in the order of their ids: what imports ask for, by far the most frequent list. The page
 * and how many there are, are of one moment.
 */
export async function listAll(
  db: Kysely<Tables>,
  { organization, kind }: Pick<ListScope, 'organization' | 'kind'>,
  { startIndex, count }: Page,
  starts: PageStarts,
): Promise<ResourcePage> {
  const offset = startIndex - 1;
  const start = starts.find(organization, kind, offset);
  // One more than is asked for: with it the next page begins.
  const given = { organization, kind, limit: count + 1 };
  const pageOf = (rows: readonly PageRow[], moment: Omit<PageStart, 'from'>): ResourcePage => {
    const [first, next] = [rows[0], rows[count]];
    if (first !== undefined) starts.remember(organization, kind, offset, { ...moment, from: first.id });
    if (next !== undefined) starts.remember(organization, kind, offset + count, { ...moment, from: next.id });
    const resources = readResourcesOf(kind, next === undefined ? rows : rows.slice(0, count));
    return { totalResults: moment.total, resources, adjacent: true };
  };
  if (start !== undefined && count > 0) {
    const rows = await selectFrom(db, { ...given, from: start.from, revision: start.revision });
    if (rows.length > 0) return pageOf(rows, start);
  }
  const rows = count === 0 ? [] : await (offset > farOffset ? selectFarPage : selectPage)(db, { ...given, offset });
  const [first] = rows;
  if (first === undefined) return { totalResults: await countAll(db, organization, kind), resources: [] };
  return pageOf(rows, { revision: Number(first.revision), total: Number(first.total) });
}

const selectCount = compileOnce((db, given: { organization: string; kind: ResourceKind }) =>
  db
    .selectFrom('resource_counts')
    .select('count')
    .where('organization', '=', given.organization)
    .where('kind', '=', given.kind),
);

/** How many resources of a kind there are; nothing is counted for it. */
export async function countAll(db: Kysely<Tables>, organization: string, kind: ResourceKind): Promise<number> {
  const [known] = await selectCount(db, { organization, kind });
  return Number(known?.count ?? 0);
}
