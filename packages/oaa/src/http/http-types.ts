import type { HttpAuth } from './auth.ts';
import type { ErrorEnvelope } from './error-envelope.ts';
import type { Logger } from './logger.ts';
import type { RemoteWords } from './remote-words.ts';
import type { RetryPolicy } from './retry-policy.ts';
import type { HttpSeams } from './seams.ts';

/** A body that is written as it is made. `open` is called once for each attempt. */
export interface HttpBody {
  readonly contentType: string;
  /** Exact; becomes `Content-Length`. */
  readonly byteLength: number;
  /** Fresh bytes: a Readable, a generator, an array of chunks. */
  open(): AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface HttpRequest {
  readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the base URL, beginning with `/`, already percent-encoded. */
  readonly path: string;
  /** Written as a form does: spaces as `+`, quotes as `%22`. Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | number | boolean | undefined>> | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: HttpBody | undefined;
  /** Whether doing it twice is the same as doing it once. By default true for all methods but POST and PATCH. */
  readonly idempotent?: boolean | undefined;
  /** Asked before each retry; false ends the retries. */
  readonly shouldRetry?: (() => boolean) | undefined;
  /** Called with the number of body bytes handed over so far in this attempt. */
  readonly onSent?: ((bytes: number) => void) | undefined;
  /** Further texts that must not be shown, for example a token inside the body. */
  readonly secrets?: readonly string[] | undefined;
  /** Appended to the hint when it is unknown whether the request was acted on. */
  readonly lostAnswerHint?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** An answer as it came. Header names are in lower case. */
export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
  readonly durationMs: number;
}

/** An answer with a status of 200 to 299. */
export interface JsonResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined when the body was empty. */
  readonly json: unknown;
}

export interface HttpClientOptions {
  /** Scheme, host and, where needed, port and path. */
  readonly baseUrl: string;
  readonly auth?: HttpAuth | undefined;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly userAgent?: string | undefined;
  /**
   * How long nothing may happen: from one piece of the request body to the next, and from its end to the end of the
   * answer. 300,000 unless told otherwise.
   */
  readonly timeoutMs?: number | undefined;
  /** A longer answer is refused; 64 MiB unless told otherwise. */
  readonly maxResponseBytes?: number | undefined;
  readonly retryPolicy?: Partial<RetryPolicy> | undefined;
  /** `ca`: PEM text of certificates to trust beside the usual ones. `verify: false` trusts everybody. */
  readonly tls?: { readonly ca?: string | undefined; readonly verify?: boolean | undefined } | undefined;
  /** `http://` or `https://`, with user name and password where needed. */
  readonly proxyUrl?: string | undefined;
  readonly words?: RemoteWords | undefined;
  /** Reads the body of a refusal; the tenant's form unless told otherwise. */
  readonly readEnvelope?: ((body: unknown) => ErrorEnvelope | undefined) | undefined;
  readonly logger?: Logger | undefined;
  readonly seams?: Partial<HttpSeams> | undefined;
}

export interface HttpClient {
  /** Scheme, host and port, without credentials. */
  readonly origin: string;
  /**
   * Sends a request, again where that is allowed, and reads the answer as JSON.
   *
   * @throws CredentialsError for 401 and 403
   * @throws RemoteError for other refusals, redirects and answers that cannot be read
   * @throws UnreachableError when no answer came, or only 429 and 5xx
   */
  request(request: HttpRequest): Promise<JsonResponse>;
  /**
   * Sends a request once and returns whatever answer came, of any status.
   *
   * @throws UnreachableError when no answer came
   */
  raw(request: HttpRequest): Promise<HttpResponse>;
}
