import { RemoteError } from '@oaa-kit/oaa';
import { isJsonObject, type JsonObject, member } from './json.ts';
import type { ScimRequest } from './scim-request.ts';

/** What came back for a request that was not refused. */
export interface ScimAnswer {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when there was none. */
  readonly body: unknown;
}

/** A user or group as the service shows it. */
export interface ScimResource {
  readonly id: string;
  /** The entity tag, for `If-Match`: of `meta.version`, else of the header `ETag`. RFC 7644 s3.14. */
  readonly version: string | undefined;
  /** The resource as it came; names may be in any case. */
  readonly attributes: JsonObject;
}

const checkService = 'Check that the URL is the base URL of a SCIM 2.0 service, and what sits between.';

/** What to do about a request of which it is not known whether it was done; undefined for one that changes nothing. */
export function lostAnswerHint({ method }: ScimRequest): string | undefined {
  return method === 'GET' ? undefined : 'It may have been done: look before you repeat it.';
}

/** The error for an answer that a SCIM service does not give. */
export function unexpectedAnswer(request: ScimRequest, problem: string, status: number): RemoteError {
  return new RemoteError(
    'response-invalid',
    `The SCIM service's answer to ${request.method} ${request.endpoint} (HTTP ${status}) ${problem}.`,
    { status, hint: [checkService, lostAnswerHint(request)].filter((part) => part !== undefined).join(' ') },
  );
}

/** What can be sent back as `If-Match`: a line end would begin another header. */
function isTag(value: unknown): value is string {
  return typeof value === 'string' && /^[\x20-\x7e]{1,1000}$/.test(value);
}

function versionOf(attributes: JsonObject, headers: ScimAnswer['headers'], own: boolean): string | undefined {
  const meta = member(attributes, 'meta');
  const version = isJsonObject(meta) ? member(meta, 'version') : undefined;
  if (isTag(version)) return version;
  return own && isTag(headers.etag) ? headers.etag : undefined;
}

function resourceOf(value: unknown, headers: ScimAnswer['headers'], own: boolean): ScimResource | undefined {
  if (!isJsonObject(value)) return undefined;
  const id = member(value, 'id');
  return typeof id === 'string' && id !== ''
    ? { id, version: versionOf(value, headers, own), attributes: value }
    : undefined;
}

/**
 * The resource that an answer shows.
 *
 * @throws RemoteError `response-invalid` when there is none, or none with an id (RFC 7643 s3.1)
 */
export function readResource(request: ScimRequest, { status, headers, body }: ScimAnswer): ScimResource {
  const resource = resourceOf(body, headers, true);
  if (resource === undefined) throw unexpectedAnswer(request, 'is not a resource with an id', status);
  if (request.id !== undefined && resource.id !== request.id) {
    throw unexpectedAnswer(request, 'is another resource than was asked for', status);
  }
  return resource;
}

/** The resource that an answer to a change shows, which need not show any (RFC 7644 s3.5.2). */
export function readChanged(request: ScimRequest, answer: ScimAnswer): ScimResource | undefined {
  return resourceOf(answer.body, answer.headers, true) === undefined ? undefined : readResource(request, answer);
}

/** What an answer to a change says of the resource, also where it leaves out whose it is. */
export function readShown(request: ScimRequest, answer: ScimAnswer): JsonObject {
  readChanged(request, answer);
  return isJsonObject(answer.body) ? answer.body : {};
}

/** One page of a list. RFC 7644 s3.4.2. */
export interface ScimPage {
  readonly resources: readonly ScimResource[];
  readonly totalResults: number;
}

/** @throws RemoteError `response-invalid` when the answer is no list */
export function readPage(request: ScimRequest, { status, headers, body }: ScimAnswer): ScimPage {
  const list = isJsonObject(body) ? body : {};
  const total = member(list, 'totalResults');
  // Services write it as a string; RFC 7644 s3.4.2 has an integer.
  const totalResults = typeof total === 'string' && /^\d{1,15}$/.test(total) ? Number(total) : total;
  if (typeof totalResults !== 'number' || !Number.isSafeInteger(totalResults) || totalResults < 0) {
    throw unexpectedAnswer(request, 'is not a list: totalResults is missing or no number', status);
  }
  // RFC 7644 s3.4.2: may be left out when there are none.
  const values = member(list, 'Resources') ?? [];
  if (!Array.isArray(values)) throw unexpectedAnswer(request, 'is not a list: Resources is not one', status);
  const resources = values.map((value) => {
    const resource = resourceOf(value, headers, false);
    if (resource === undefined) throw unexpectedAnswer(request, 'lists something that has no id', status);
    return resource;
  });
  return { resources, totalResults };
}
