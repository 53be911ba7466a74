import type { OaaError } from '../errors/index.ts';
import { RemoteError, UsageError } from '../errors/index.ts';
import { authorizationHeader, secretsOf } from './auth.ts';
import { createConnection } from './connection.ts';
import { readErrorEnvelope } from './error-envelope.ts';
import { type ExchangeResult, exchange } from './exchange.ts';
import type { Failure } from './failure.ts';
import { type CallFacts, failureError, withLostAnswer } from './failure-error.ts';
import type { HttpBody, HttpClient, HttpClientOptions, HttpRequest, HttpResponse, JsonResponse } from './http-types.ts';
import { silentLogger } from './logger.ts';
import { createRemoteText } from './remote-text.ts';
import { genericWords } from './remote-words.ts';
import { responseError, unreadableError } from './response-error.ts';
import { type AttemptOutcome, retryDelay, wasNotActedOn } from './retry-delay.ts';
import { defaultRetryPolicy } from './retry-policy.ts';
import { realSeams } from './seams.ts';

const defaultTimeoutMs = 300_000;
const defaultMaxResponseBytes = 64 * 1024 * 1024;

function jsonBody(value: unknown): HttpBody {
  const bytes = Buffer.from(JSON.stringify(value), 'utf8');
  return { contentType: 'application/json', byteLength: bytes.length, open: () => [bytes] };
}

function queryText(query: HttpRequest['query']): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined) parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function isIdempotent(request: HttpRequest): boolean {
  return request.idempotent ?? (request.method !== 'POST' && request.method !== 'PATCH');
}

function failureOutcome(failure: Failure): AttemptOutcome['failure'] {
  if (failure.kind === 'unknown-host' || failure.kind === 'timeout') return failure.kind;
  const permanent: readonly Failure['kind'][] = ['tls', 'aborted', 'proxy', 'too-large'];
  return permanent.includes(failure.kind) ? 'permanent' : 'connection';
}

function outcomeOf(result: ExchangeResult, idempotent: boolean): AttemptOutcome {
  if ('failure' in result) {
    return {
      failure: failureOutcome(result.failure),
      mayHaveBeenReceived: result.failure.connected,
      idempotent,
    };
  }
  const { status, headers } = result.response;
  return { status, retryAfter: headers['retry-after'], mayHaveBeenReceived: true, idempotent };
}

/** An answer of the proxy itself means that the remote side was not reached. */
function unmaskProxy(result: ExchangeResult): ExchangeResult {
  if ('failure' in result || !result.fromProxy) return result;
  const { status, statusText } = result.response;
  const detail = `HTTP ${status}${statusText === '' ? '' : ` ${statusText}`}`;
  return { failure: { kind: 'proxy', code: undefined, detail, connected: false } };
}

function tooLargeError(failure: Failure, call: CallFacts): RemoteError {
  return new RemoteError(
    'response-invalid',
    `The answer of the ${call.words.noun} at ${call.origin} to ${call.method} ${call.path} is too large: ${failure.detail}.`,
    { status: 200, hint: withLostAnswer('Ask for smaller pages.', call) },
  );
}

function readJson(response: HttpResponse, call: CallFacts): JsonResponse {
  const { status, headers } = response;
  const text = Buffer.from(response.body).toString('utf8');
  if (text.trim() === '') return { status, headers, json: undefined };
  try {
    return { status, headers, json: JSON.parse(text) as unknown };
  } catch {
    throw unreadableError(response, call);
  }
}

/**
 * Makes a client for one remote side. All errors that it throws are this project's own; neither they nor their causes
 * hold the credential.
 *
 * @throws UsageError when the certificates or the proxy cannot be used
 *
 * @example
 * const client = createHttpClient({ baseUrl: 'https://api.example.com', auth: { type: 'bearer', token } });
 * const { json } = await client.request({ method: 'GET', path: '/users', query: { page_size: 100 } });
 */
export function createHttpClient(options: HttpClientOptions): HttpClient {
  if (!URL.canParse(options.baseUrl)) throw new UsageError('setting-invalid', 'The base URL is not a URL.');
  const words = options.words ?? genericWords;
  const baseUrl = options.baseUrl.replace(/\/+$/, '');
  const { origin } = new URL(baseUrl);
  const connection = createConnection(options, words);
  const policy = { ...defaultRetryPolicy, ...options.retryPolicy };
  const seams = { ...realSeams, ...options.seams };
  const logger = options.logger ?? silentLogger;
  const timeoutMs = options.timeoutMs ?? defaultTimeoutMs;
  const readEnvelope = options.readEnvelope ?? readErrorEnvelope;
  const secrets = secretsOf(options);

  function factsOf(request: HttpRequest, attempts: number, mayBeDone = false): CallFacts {
    return {
      method: request.method,
      path: request.path,
      origin,
      proxyOrigin: connection.proxyOrigin,
      attempts,
      mayBeDone,
      timeoutMs,
      nowMs: seams.now(),
      longestWaitMs: policy.maxRetryAfterMs,
      words,
      remoteText: createRemoteText([...secrets, ...(request.secrets ?? [])]),
      lostAnswerHint: request.lostAnswerHint,
    };
  }

  function sendOnce(request: HttpRequest, body: HttpBody | undefined): Promise<ExchangeResult> {
    return exchange({
      method: request.method,
      url: `${baseUrl}${request.path}${queryText(request.query)}`,
      headers: {
        accept: 'application/json',
        ...(options.userAgent === undefined ? {} : { 'user-agent': options.userAgent }),
        ...(options.auth === undefined ? {} : { authorization: authorizationHeader(options.auth) }),
        ...options.headers,
        ...request.headers,
        ...(body === undefined ? {} : { 'content-type': body.contentType, 'content-length': String(body.byteLength) }),
      },
      body,
      timeoutMs,
      maxResponseBytes: options.maxResponseBytes ?? defaultMaxResponseBytes,
      connection,
      onSent: request.onSent,
      signal: request.signal,
      now: seams.now,
    });
  }

  function errorOf(result: ExchangeResult, call: CallFacts): OaaError {
    if ('response' in result) return responseError(result.response, call, readEnvelope);
    if (result.failure.kind === 'too-large') return tooLargeError(result.failure, call);
    return failureError(result.failure, call);
  }

  function bodyOf(request: HttpRequest): HttpBody | undefined {
    return request.json === undefined ? request.body : jsonBody(request.json);
  }

  async function request(call: HttpRequest): Promise<JsonResponse> {
    const body = bodyOf(call);
    const facts = { method: call.method, path: call.path };
    let mayBeDone = false;
    for (let attempt = 1; ; attempt += 1) {
      const result = unmaskProxy(await sendOnce(call, body));
      const outcome = outcomeOf(result, isIdempotent(call));
      if ('response' in result) {
        const { status, durationMs } = result.response;
        logger.debug('answer', { ...facts, status, durationMs, attempt });
        if (status >= 200 && status < 300) return readJson(result.response, factsOf(call, attempt));
      }
      const delayMs = retryDelay(attempt, outcome, policy, { nowMs: seams.now(), random: seams.random() });
      const repeat = delayMs !== undefined && call.shouldRetry?.() !== false;
      mayBeDone ||= !wasNotActedOn(outcome);
      const error = errorOf(result, factsOf(call, attempt, mayBeDone));
      if (!repeat) throw error;
      logger.warn(`${error.message} Next attempt in ${(delayMs / 1000).toFixed(1)} s.`, { ...facts, attempt, delayMs });
      try {
        await seams.sleep(delayMs, call.signal);
      } catch (reason) {
        if (call.signal?.aborted !== true) throw reason;
      }
      if (call.signal?.aborted) {
        const failure: Failure = {
          kind: 'aborted',
          code: undefined,
          detail: '',
          connected: false,
        };
        throw failureError(failure, factsOf(call, attempt, mayBeDone));
      }
      if (call.shouldRetry?.() === false) throw error;
    }
  }

  async function raw(call: HttpRequest): Promise<HttpResponse> {
    const result = unmaskProxy(await sendOnce(call, bodyOf(call)));
    if ('response' in result) return result.response;
    throw errorOf(result, factsOf(call, 1));
  }

  return { origin, request, raw };
}
