import type { HttpAuth } from '@oaa-kit/oaa/http';
import type { ConnectionOptions } from './connection-options.ts';
import type { RequestDocument } from './describe-request.ts';
import type { Dialect, DialectName } from './dialects.ts';
import type { JsonObject } from './json.ts';
import type { RateLimit } from './pacer.ts';
import type { Endpoint, ListQuery, ScimRequest, SentOperation } from './scim-request.ts';
import type { ScimAnswer, ScimResource } from './scim-resource.ts';

export interface ScimClientOptions extends ConnectionOptions {
  /** Base URL: `https://scim.example.com/scim/v2`, without `/Users`. `http://` only for this machine. */
  readonly url: string;
  readonly auth: HttpAuth;
  /** `standard` unless told otherwise. */
  readonly dialect?: DialectName | undefined;
  /** Path of the users below the base URL; `Users` unless told otherwise. */
  readonly usersEndpoint?: string | undefined;
  /** Path of the groups below the base URL; `Groups` unless told otherwise. */
  readonly groupsEndpoint?: string | undefined;
  /** How many requests may be sent; that of the dialect unless told otherwise. Retries have waits of their own. */
  readonly rateLimit?: RateLimit | undefined;
  /** How long to wait for an answer; 60,000 unless told otherwise. */
  readonly timeoutMs?: number | undefined;
  /** A longer answer is refused; 64 MiB unless told otherwise. */
  readonly maxResponseBytes?: number | undefined;
}

/** The condition of a change: the version that the resource has to be in, as it was read. RFC 7644 s3.14. */
export interface ChangeOptions {
  readonly ifMatch?: string | undefined;
}

export interface ListOptions extends ListQuery {
  /** Resources of one page; that of the dialect unless told otherwise. */
  readonly pageSize?: number | undefined;
}

/**
 * A client of a SCIM 2.0 service. Every method throws, all from `@oaa-kit/oaa`:
 * `CredentialsError` for 401 and 403; `RemoteError` for other refusals (`status`, `remoteCode` is the `scimType`, the
 * message holds the `detail`; `not-found` for 404), redirects, and `response-invalid` for answers that no SCIM service
 * gives; `UnreachableError` when no answer came, or 429 and 5xx to the end of the retries.
 */
export interface ScimClient {
  /** Base URL, without a slash at the end. */
  readonly url: string;
  readonly dialect: Dialect;
  /** The resource with an id. */
  get(endpoint: Endpoint, id: string): Promise<ScimResource>;
  /** Every resource of a list or query, each once. */
  list(endpoint: Endpoint, options?: ListOptions): AsyncGenerator<ScimResource, void, undefined>;
  create(endpoint: Endpoint, resource: JsonObject): Promise<ScimResource>;
  /** The resource after it, where the service shows it. */
  replace(
    endpoint: Endpoint,
    id: string,
    resource: JsonObject,
    options?: ChangeOptions,
  ): Promise<ScimResource | undefined>;
  /** The resource after it, where the service shows it. */
  patch(
    endpoint: Endpoint,
    id: string,
    operations: readonly SentOperation[],
    options?: ChangeOptions,
  ): Promise<ScimResource | undefined>;
  delete(endpoint: Endpoint, id: string, options?: ChangeOptions): Promise<void>;
  /** Sends a request that was made elsewhere. */
  send(request: ScimRequest): Promise<ScimAnswer>;
  /** What `send` would put on the wire. */
  describe(request: ScimRequest): RequestDocument;
}
