import { randomBytes } from 'node:crypto';
import {
  createHttpClient,
  defaultRetryPolicy,
  type HttpAuth,
  type HttpClient,
  realSeams,
  retryDelay,
  secretsOf,
} from '@oaa-kit/oaa/http';
import packageJson from '../../package.json' with { type: 'json' };
import { checkAuth, checkedEndpoint, checkedUrl } from '../client/check-settings.ts';
import type { RequestDocument } from '../client/describe-request.ts';
import { dialects } from '../client/dialects.ts';
import { pathSegment } from '../client/path-segment.ts';
import { scimWords } from '../client/scim-words.ts';
import type { CheckOptions } from './check-options.ts';

const defaultTimeoutMs = 30_000;
/** A service that ignores `count` answers with everybody. */
const maxResponseBytes = 32 * 1024 * 1024;
/** After 429 only: whatever else is sent again hides a fault. */
const patience = { ...defaultRetryPolicy, retries: 6, maxRetryAfterMs: 120_000 };

/** A request of the check. */
export interface CheckRequest {
  readonly method: RequestDocument['method'];
  readonly endpoint: 'Users' | 'Groups' | 'Schemas';
  readonly id?: string | undefined;
  readonly query?: Readonly<Record<string, string>> | undefined;
  readonly body?: Readonly<Record<string, unknown>> | undefined;
  /** `application/scim+json` unless told otherwise. */
  readonly contentType?: string | undefined;
  /** The tenant's unless told otherwise. */
  readonly credential?: 'none' | 'wrong' | undefined;
}

/** An answer as it came, of whatever status. */
export interface Answer {
  readonly status: number;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Undefined when the text is no JSON. */
  readonly body: unknown;
}

/** The way to the endpoint: nothing between it and the check that would make an answer better than it is. */
export interface Wire {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Every text that no report may hold. */
  readonly secrets: readonly string[];
  describe(request: CheckRequest): RequestDocument;
  /**
   * Sends a request once, and again after 429 as `Retry-After` says. Redirects are not followed.
   *
   * @throws UnreachableError when no answer came, RemoteError when it is longer than 32 MiB
   */
  send(request: CheckRequest, signal: AbortSignal | undefined): Promise<Answer>;
}

/** A credential of the same kind that nobody has: with the user name of the true one, tries might lock it. */
function wrongAuth({ type }: HttpAuth): HttpAuth {
  const random = randomBytes(16).toString('hex');
  return type === 'bearer' ? { type, token: random } : { type, username: `oaa-kit-check-${random}`, password: random };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** @throws UsageError when URL, credential, certificates, proxy or endpoints cannot be used */
export function createWire(options: CheckOptions): Wire {
  const words = options.words ?? scimWords;
  const url = checkedUrl(options.url, words);
  checkAuth(options.auth, words);
  const paths = {
    Users: checkedEndpoint(options.usersEndpoint ?? 'Users', 'Users'),
    Groups: checkedEndpoint(options.groupsEndpoint ?? 'Groups', 'Groups'),
    // RFC 7644 s4.
    Schemas: 'Schemas',
  };
  const seams = { ...realSeams, ...options.seams };
  const { accept, contentType: scimJson } = dialects.standard;
  const clientWith = (auth: HttpAuth | undefined): HttpClient =>
    createHttpClient({
      baseUrl: url,
      auth,
      headers: { accept },
      userAgent: options.userAgent ?? `oaa-kit-scim-check/${packageJson.version}`,
      timeoutMs: options.timeoutMs ?? defaultTimeoutMs,
      maxResponseBytes,
      tls: options.tls,
      proxyUrl: options.proxyUrl,
      words,
      logger: options.logger,
      seams,
    });
  const clients = {
    own: clientWith(options.auth),
    none: clientWith(undefined),
    wrong: clientWith(wrongAuth(options.auth)),
  };

  function describe({ method, endpoint, id, query, body, contentType = scimJson }: CheckRequest): RequestDocument {
    return {
      method,
      path: `/${paths[endpoint]}${id === undefined ? '' : `/${pathSegment(id)}`}`,
      ...(query !== undefined && { query }),
      ...(body !== undefined && { headers: { 'content-type': contentType }, body }),
    };
  }

  async function send(request: CheckRequest, signal: AbortSignal | undefined): Promise<Answer> {
    const { method, path, query } = describe(request);
    const { body, contentType = scimJson, credential = 'own' } = request;
    const bytes = body === undefined ? undefined : Buffer.from(JSON.stringify(body), 'utf8');
    const sent = bytes && { contentType, byteLength: bytes.length, open: () => [bytes] };
    for (let attempt = 1; ; attempt += 1) {
      const answer = await clients[credential].raw({ method, path, query, body: sent, signal });
      const { status, headers } = answer;
      const outcome = { status, retryAfter: headers['retry-after'], mayHaveBeenReceived: false, idempotent: true };
      const moment = { nowMs: seams.now(), random: seams.random() };
      const delayMs = status === 429 ? retryDelay(attempt, outcome, patience, moment) : undefined;
      if (delayMs === undefined) {
        const text = Buffer.from(answer.body).toString('utf8');
        return { status, headers, text, body: jsonOf(text) };
      }
      // When it is aborted, the next request says so.
      await seams.sleep(delayMs, signal).catch((error: unknown) => {
        if (signal?.aborted !== true) throw error;
      });
    }
  }

  return { url, secrets: secretsOf(options), describe, send };
}
