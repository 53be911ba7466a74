import { ScimError } from '../../protocol/errors/scim-error.ts';
import { parseFilter } from '../../protocol/filter/parse-filter.ts';
import { resolveFilter } from '../../protocol/filter/resolve-filter.ts';
import { readPage } from '../../protocol/list/read-page.ts';
import { readSort } from '../../protocol/sort/read-sort.ts';
import type { Answer } from '../answers/answer.ts';
import { groupPieces } from '../answers/group-pieces.ts';
import { listPieces, listText } from '../answers/list-pieces.ts';
import { settleBody } from '../answers/settle-body.ts';
import { userTexts } from '../answers/user-texts.ts';
import type { Exchange } from './exchange.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import { selectionOf, viewOf } from './selection.ts';

/** Answers a page of the resources that match: always a list, also of none. RFC 7644 s3.4.2. */
export async function listResources(exchange: Exchange, endpoint: ResourceEndpoint): Promise<Answer> {
  const { query, directory, headOnly } = exchange;
  const { kind, schema, profile, limits } = endpoint;
  // RFC 9865 s2.1. Ignored, the first page would look like all that there is to whoever reads by cursors.
  if (query.has('cursor')) {
    throw new ScimError(400, 'invalidCursor', 'Cursors are not offered; read the list by startIndex and count.');
  }
  const view = viewOf(exchange, endpoint, selectionOf(exchange, endpoint));
  const text = query.get('filter');
  const filter = text === undefined ? undefined : resolveFilter(parseFilter(text, profile), schema, profile);
  const sort = readSort({ sortBy: query.get('sortBy'), sortOrder: query.get('sortOrder') }, schema, profile);
  const page = readPage({ startIndex: query.get('startIndex'), count: query.get('count') }, limits);
  const { totalResults, resources, adjacent } = await directory.list(kind, {
    filter,
    sort,
    page,
    maxTests: limits.scanTests,
  });
  if (headOnly) return { status: 200, body: '' };
  const envelope = { totalResults, startIndex: page.startIndex, itemsPerPage: resources.length };
  if (kind === 'User') {
    return { status: 200, body: listText(envelope, await userTexts(resources, view, adjacent)) };
  }
  const groups = resources.map((group) => groupPieces(group, view));
  return { status: 200, body: await settleBody(listPieces(envelope, groups)) };
}
