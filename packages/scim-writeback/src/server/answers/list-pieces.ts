import { listResponse } from '../../protocol/list/list-response.ts';

export interface ListedPage {
  readonly totalResults: number;
  /** Counted from 1. */
  readonly startIndex: number;
  /** Resources in this page. */
  readonly itemsPerPage: number;
}

/** The JSON of a list of resources whose texts are there; nothing but what RFC 7644 s3.4.2 names. */
export function listText(page: ListedPage, resources: readonly string[]): string {
  let text = envelopeOf(page);
  // Not `join`, which would copy every text once more: what is put together here is copied when it is sent.
  for (const [place, resource] of resources.entries()) text += place === 0 ? resource : `,${resource}`;
  return `${text}]}`;
}

/** The same in pieces, of resources that are made while they are written. */
export async function* listPieces(
  page: ListedPage,
  resources: Iterable<AsyncIterable<string>>,
): AsyncGenerator<string> {
  yield envelopeOf(page);
  let first = true;
  for (const pieces of resources) {
    if (!first) yield ',';
    first = false;
    yield* pieces;
  }
  yield ']}';
}

function envelopeOf({ totalResults, startIndex, itemsPerPage }: ListedPage): string {
  const { Resources: _, ...envelope } = listResponse({ resources: [], totalResults, startIndex });
  return `${JSON.stringify({ ...envelope, itemsPerPage }).slice(0, -1)},"Resources":[`;
}
