import { type PatchOperation, patchOpUrn } from '../protocol/patch/read-patch.ts';
import type { JsonObject } from './json.ts';

/** The kinds of resource, by the name that their endpoint has unless told otherwise. */
export type Endpoint = 'Users' | 'Groups';

/** One request as a value: what is asked, not yet where and with which credential. */
export interface ScimRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly endpoint: Endpoint | 'Schemas';
  /** Of one resource; without it the request is about the list. */
  readonly id?: string | undefined;
  readonly query?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly body?: JsonObject | undefined;
  /** The version that the resource has to be in. RFC 7644 s3.14. */
  readonly ifMatch?: string | undefined;
  /** Whether doing it twice is the same as doing it once: then a request without an answer is sent again. */
  readonly repeatable: boolean;
}

/** An operation that a client sends. RFC 7644 s3.5.2. */
export type SentOperation = Pick<PatchOperation, 'op'> & { readonly path?: string; readonly value?: unknown };

/** Those parameters of a list that choose what is shown. RFC 7644 s3.4.2. */
export interface ListQuery {
  readonly filter?: string | undefined;
  readonly attributes?: readonly string[] | undefined;
  readonly excludedAttributes?: readonly string[] | undefined;
}

/** `GET /Users?filter=...`. RFC 7644 s3.4.2. */
export function listRequest(
  endpoint: ScimRequest['endpoint'],
  { filter, attributes, excludedAttributes }: ListQuery,
  page: { readonly startIndex?: number; readonly count?: number } = {},
): ScimRequest {
  const query = {
    filter,
    attributes: attributes?.join(','),
    excludedAttributes: excludedAttributes?.join(','),
    startIndex: page.startIndex,
    count: page.count,
  };
  return { method: 'GET', endpoint, query, repeatable: true };
}

/** `GET /Users/{id}`. RFC 7644 s3.4.1. */
export function getRequest(endpoint: Endpoint, id: string): ScimRequest {
  return { method: 'GET', endpoint, id, repeatable: true };
}

/** `POST /Users`: done twice, it may make two. RFC 7644 s3.3. */
export function createRequest(endpoint: Endpoint, resource: JsonObject): ScimRequest {
  return { method: 'POST', endpoint, body: resource, repeatable: false };
}

/** `PUT /Users/{id}`. RFC 7644 s3.5.1. */
export function replaceRequest(endpoint: Endpoint, id: string, resource: JsonObject, ifMatch?: string): ScimRequest {
  return { method: 'PUT', endpoint, id, body: resource, ifMatch, repeatable: true };
}

/**
 * `PATCH /Users/{id}`. RFC 7644 s3.5.2. Replacing a named attribute, and adding or removing members that are named by
 * their id, is the same when it is done twice; other operations are taken not to be.
 */
export function patchRequest(
  endpoint: Endpoint,
  id: string,
  operations: readonly SentOperation[],
  ifMatch?: string,
): ScimRequest {
  const body = { schemas: [patchOpUrn], Operations: operations };
  const repeatable = operations.every(({ op, path }) => path === 'members' || (op === 'replace' && path !== undefined));
  return { method: 'PATCH', endpoint, id, body, ifMatch, repeatable };
}

/** `DELETE /Users/{id}`. RFC 7644 s3.6. */
export function deleteRequest(endpoint: Endpoint, id: string, ifMatch?: string): ScimRequest {
  return { method: 'DELETE', endpoint, id, ifMatch, repeatable: true };
}
