import { listResponse } from '../../protocol/list/list-response.ts';

export interface ListedPage {
  readonly totalResults: number;
  /** Counted from 1. */
  readonly startIndex: number;
  /** Resources in this page. */
  readonly itemsPerPage: number;
}

/**
 * The JSON of a list in pieces, with nothing but what RFC 7644 s3.4.2 names.
 *
 * @param resources each the pieces of one resource, or of several with commas between them.
 */
export async function* listPieces(
  { totalResults, startIndex, itemsPerPage }: ListedPage,
  resources: Iterable<AsyncIterable<string> | readonly string[]>,
): AsyncGenerator<string> {
  const { Resources: _, ...envelope } = listResponse({ resources: [], totalResults, startIndex });
  yield `${JSON.stringify({ ...envelope, itemsPerPage }).slice(0, -1)},"Resources":[`;
  let first = true;
  for (const pieces of resources) {
    if (!first) yield ',';
    first = false;
    yield* pieces;
  }
  yield ']}';
}
