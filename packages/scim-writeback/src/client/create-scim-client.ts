import { RemoteError } from '@oaa-kit/oaa';
import { createHttpClient, type HttpBody, realSeams } from '@oaa-kit/oaa/http';
import packageJson from '../../package.json' with { type: 'json' };
import { checkAuth, checkedEndpoint, checkedUrl, checkRateLimit } from './check-settings.ts';
import type { RequestDocument } from './describe-request.ts';
import { dialects } from './dialects.ts';
import { listResources } from './list-resources.ts';
import { createPacer } from './pacer.ts';
import { pathSegment } from './path-segment.ts';
import { readById } from './read-by-id.ts';
import { isScimErrorBody, readScimError } from './read-scim-error.ts';
import type { ScimClient, ScimClientOptions } from './scim-client.ts';
import { createRequest, deleteRequest, patchRequest, replaceRequest, type ScimRequest } from './scim-request.ts';
import { lostAnswerHint, readChanged, readResource, type ScimAnswer, unexpectedAnswer } from './scim-resource.ts';
import { scimWords } from './scim-words.ts';

/** Clients of provisioning wait this long; Okta's do. */
const defaultTimeoutMs = 60_000;

/** Of a success, whatever the method: see {@link dialects}. 202 is a promise (RFC 9110 s15.3.3). */
const doneStatuses: ReadonlySet<number> = new Set([200, 201, 204]);

function bodyOf(document: RequestDocument, contentType: string): HttpBody | undefined {
  if (document.body === undefined) return undefined;
  const bytes = Buffer.from(JSON.stringify(document.body), 'utf8');
  return { contentType, byteLength: bytes.length, open: () => [bytes] };
}

/**
 * Makes a client. Nothing is sent before the first call.
 *
 * Sent again are requests that were certainly not acted on (no connection, 429), and of the others those that are the same
 * when they are done twice: after 500, 502, 503, 504, a time-out or a cut connection, as `Retry-After` says.
 *
 * @throws UsageError when URL, credential, certificates, endpoints or rate limit cannot be used
 *
 * @example
 * const client = createScimClient({ url: 'https://scim.example.com/scim/v2', auth: { type: 'bearer', token } });
 * for await (const user of client.list('Users', { filter: 'active eq true' })) console.log(user.id);
 */
export function createScimClient(options: ScimClientOptions): ScimClient {
  const words = options.words ?? scimWords;
  const url = checkedUrl(options.url, words);
  checkAuth(options.auth, words);
  const dialect = dialects[options.dialect ?? 'standard'];
  const rateLimit = options.rateLimit ?? dialect.rateLimit;
  if (rateLimit !== undefined) checkRateLimit(rateLimit);
  const paths = {
    Users: checkedEndpoint(options.usersEndpoint ?? 'Users', 'Users'),
    Groups: checkedEndpoint(options.groupsEndpoint ?? 'Groups', 'Groups'),
    // RFC 7644 s4.
    Schemas: 'Schemas',
  };
  const seams = { ...realSeams, ...options.seams };
  const pacer = rateLimit === undefined ? undefined : createPacer(rateLimit, seams);
  const http = createHttpClient({
    baseUrl: url,
    auth: options.auth,
    headers: { accept: dialect.accept },
    userAgent: options.userAgent ?? `oaa-kit-scim/${packageJson.version}`,
    timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
    maxResponseBytes: options.maxResponseBytes,
    retryPolicy: options.retryPolicy,
    tls: options.tls,
    proxyUrl: options.proxyUrl,
    words,
    readEnvelope: readScimError,
    logger: options.logger,
    seams,
  });

  function describe({ method, endpoint, id, query = {}, body, ifMatch }: ScimRequest): RequestDocument {
    const given = Object.entries(query).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, String(value)] as const],
    );
    const headers = {
      ...(body !== undefined && { 'content-type': dialect.contentType }),
      ...(ifMatch !== undefined && { 'if-match': ifMatch }),
    };
    return {
      method,
      path: `/${paths[endpoint]}${id === undefined ? '' : `/${pathSegment(id)}`}`,
      ...(given.length > 0 && { query: Object.fromEntries(given) }),
      ...(Object.keys(headers).length > 0 && { headers }),
      ...(body !== undefined && { body }),
    };
  }

  async function send(request: ScimRequest): Promise<ScimAnswer> {
    const document = describe(request);
    await pacer?.ready(options.signal).catch((error: unknown) => {
      // The client below says that it was aborted.
      if (options.signal?.aborted !== true) throw error;
    });
    try {
      const { status, headers, json } = await http.request({
        method: request.method,
        path: document.path,
        query: document.query,
        headers: request.ifMatch === undefined ? undefined : { 'if-match': request.ifMatch },
        body: bodyOf(document, dialect.contentType),
        idempotent: request.repeatable,
        lostAnswerHint: lostAnswerHint(request),
        signal: options.signal,
      });
      if (!doneStatuses.has(status)) throw unexpectedAnswer(request, 'does not say that it is done', status);
      if (isScimErrorBody(json)) throw unexpectedAnswer(request, 'is an error with the status of a success', status);
      return { status, headers, body: json };
    } catch (error) {
      // What was asked for before without an answer has been done meanwhile. RFC 7644 s3.6: a second DELETE is a 404.
      const gone =
        request.method === 'DELETE' &&
        error instanceof RemoteError &&
        error.code === 'not-found' &&
        error.mayHaveBeenReceived;
      if (gone) return { status: 404, headers: {}, body: undefined };
      throw error;
    }
  }

  return {
    url,
    dialect,
    send,
    describe,
    get: (endpoint, id) => readById(send, dialect, endpoint, id),
    list: (endpoint, { pageSize = dialect.pageSize, ...query } = {}) => listResources(send, endpoint, query, pageSize),
    create: async (endpoint, resource) => {
      const request = createRequest(endpoint, resource);
      return readResource(request, await send(request));
    },
    replace: async (endpoint, id, resource, { ifMatch } = {}) => {
      const request = replaceRequest(endpoint, id, resource, ifMatch);
      return readChanged(request, await send(request));
    },
    patch: async (endpoint, id, operations, { ifMatch } = {}) => {
      const request = patchRequest(endpoint, id, operations, ifMatch);
      return readChanged(request, await send(request));
    },
    delete: async (endpoint, id, { ifMatch } = {}) => {
      await send(deleteRequest(endpoint, id, ifMatch));
    },
  };
}
