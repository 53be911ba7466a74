import { createHash } from 'node:crypto';
import { invalidArgument } from './refusals.ts';

/** The envelope of a list. */
export interface Page<Item> {
  readonly values: readonly Item[];
  /** Opaque. Not empty on the last page either: only `has_more` says whether to go on. */
  readonly next_page_token: string;
  readonly has_more: boolean;
}

export interface PageRequest {
  readonly page_size?: string | undefined;
  readonly page_token?: string | undefined;
}

export interface PagingOptions {
  /** Page size when the client names none. */
  readonly defaultPageSize: number;
  /** A larger wish is answered with this many. */
  readonly maximumPageSize: number;
  /** Puts an empty page between every two, which a client must survive. */
  readonly emptyPages: boolean;
}

interface Position {
  readonly offset: number;
  /** The page that starts here is the empty one. */
  readonly empty: boolean;
}

function scopeDigest(scope: string): string {
  return createHash('sha256').update(scope).digest('base64url').slice(0, 12);
}

function writeToken(position: Position, scope: string): string {
  return Buffer.from(`${position.offset}:${position.empty ? 1 : 0}:${scopeDigest(scope)}`).toString('base64url');
}

function readToken(token: string | undefined, scope: string): Position {
  if (token === undefined || token === '') return { offset: 0, empty: false };
  const match = /^(\d{1,9}):([01]):(.*)$/.exec(Buffer.from(token, 'base64url').toString('latin1'));
  if (match === null || match[3] !== scopeDigest(scope)) {
    throw invalidArgument('page_token', 'Page token does not belong to this list');
  }
  return { offset: Number(match[1]), empty: match[2] === '1' };
}

function pageSize(wish: string | undefined, options: PagingOptions): number {
  if (wish === undefined || wish === '' || wish === '0')
    return Math.min(options.defaultPageSize, options.maximumPageSize);
  if (!/^\d{1,9}$/.test(wish)) throw invalidArgument('page_size', 'Page size must be a whole number (page_size)');
  return Math.min(Number(wish), options.maximumPageSize);
}

/**
 * One page of `items`. `scope` names the list with its filter and order; a token is good only for the scope that gave
 * it.
 * @throws ApiError 400 for a bad size or token.
 */
export function paginate<Item>(
  items: readonly Item[],
  request: PageRequest,
  scope: string,
  options: PagingOptions,
): Page<Item> {
  const size = pageSize(request.page_size, options);
  const { offset, empty } = readToken(request.page_token, scope);
  const end = empty ? offset : Math.min(offset + size, Math.max(items.length, offset));
  const hasMore = end < items.length;
  return {
    values: items.slice(offset, end),
    next_page_token: writeToken({ offset: end, empty: options.emptyPages && !empty && hasMore }, scope),
    has_more: hasMore,
  };
}
