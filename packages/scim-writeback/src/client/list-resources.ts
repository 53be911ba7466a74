import { type Endpoint, type ListQuery, listRequest, type ScimRequest } from './scim-request.ts';
import { readPage, type ScimAnswer, type ScimResource, unexpectedAnswer } from './scim-resource.ts';

/** Sends a request. What refuses becomes an error. */
export type Send = (request: ScimRequest) => Promise<ScimAnswer>;

/** A list that goes on beyond is one without an end. */
const maximumPages = 100_000;

/**
 * Every resource of a list or query, page by page (RFC 7644 s3.4.2.4), each once.
 *
 * The service is not taken at its word. Pages may be smaller than asked for. When a full page ends just where
 * `totalResults` says that the list ends, one more is asked for: there are services that give the size of the page as the
 * total. A list that breaks off before the total is an error, since whoever is missing from it would look deleted.
 *
 * @throws RemoteError `response-invalid` for a list that breaks off, repeats itself or never ends
 */
export async function* listResources(
  send: Send,
  endpoint: Endpoint,
  query: ListQuery,
  pageSize: number,
): AsyncGenerator<ScimResource, void, undefined> {
  const seen = new Set<string>();
  let received = 0;
  for (let page = 1; page <= maximumPages; page += 1) {
    const request = listRequest(endpoint, query, { startIndex: received + 1, count: pageSize });
    const answer = await send(request);
    const { resources, totalResults } = readPage(request, answer);
    const fresh = resources.filter(({ id }) => !seen.has(id));
    for (const resource of fresh) seen.add(resource.id);
    yield* fresh;
    received += resources.length;
    const complete = seen.size >= totalResults;
    if (resources.length === 0 || (fresh.length === 0 && complete)) {
      if (complete) return;
      const problem = `ends the list after ${seen.size} of ${totalResults} resources`;
      throw unexpectedAnswer(request, problem, answer.status);
    }
    if (fresh.length === 0) {
      throw unexpectedAnswer(request, 'gives a page that was there before', answer.status);
    }
    if (complete && resources.length < pageSize) return;
  }
  throw unexpectedAnswer(listRequest(endpoint, query), `goes on after ${maximumPages} pages`, 200);
}
