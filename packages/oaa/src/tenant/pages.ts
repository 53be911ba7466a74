import type { HttpClient } from '../http/index.ts';
import { isObject, type JsonObject, own } from '../payload/json.ts';
import { objectAnswer, unexpectedAnswer } from './answers.ts';
import type { ListOptions } from './tenant-options.ts';

const defaultPageSize = 100;
/** A list longer than this is a tenant that never says "no more". */
const maximumPages = 100_000;

/**
 * Every item of a paged list. It goes on while `has_more` is true: the token of the last page may be non-empty, and a
 * page may be empty.
 *
 * @throws RemoteError `response-invalid` when there is more but no token, or a token that was there before
 */
export async function* pages(client: HttpClient, path: string, options: ListOptions = {}): AsyncGenerator<JsonObject> {
  const what = `GET ${path}`;
  const tokens = new Set<string>();
  let token: string | undefined;
  for (let page = 1; page <= maximumPages; page += 1) {
    const response = await client.request({
      method: 'GET',
      path,
      query: {
        filter: options.filter,
        order_by: options.orderBy,
        page_size: options.pageSize ?? defaultPageSize,
        page_token: token,
      },
      signal: options.signal,
    });
    const answer = objectAnswer(response, what);
    const values = own(answer, 'values') ?? [];
    if (!Array.isArray(values)) throw unexpectedAnswer(what, 'has no list of values', response.status);
    yield* values.filter(isObject);
    if (own(answer, 'has_more') !== true) return;
    const next = own(answer, 'next_page_token');
    if (typeof next !== 'string' || next === '') {
      throw unexpectedAnswer(what, 'says that there is more but gives no next_page_token', response.status);
    }
    if (tokens.has(next)) throw unexpectedAnswer(what, 'gives the same next_page_token again', response.status);
    tokens.add(next);
    token = next;
  }
  throw unexpectedAnswer(what, `goes on after ${maximumPages} pages`, 200);
}
