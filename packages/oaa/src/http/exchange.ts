import http from 'node:http';
import https from 'node:https';
import { Readable } from 'node:stream';
import axios from 'axios';
import type { Connection } from './connection.ts';
import { type Failure, failureFrom } from './failure.ts';
import type { HttpBody, HttpResponse } from './http-types.ts';
import { createWatchdog } from './watchdog.ts';

/** One attempt, complete: nothing is added on the way. */
export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: HttpBody | undefined;
  readonly timeoutMs: number;
  readonly maxResponseBytes: number;
  readonly connection: Connection;
  readonly onSent: ((bytes: number) => void) | undefined;
  readonly signal: AbortSignal | undefined;
  readonly now: () => number;
}

export type ExchangeResult =
  | { readonly response: HttpResponse; readonly fromProxy: boolean }
  | { readonly failure: Failure };

/** What can be seen of the socket from outside axios. */
interface SocketState {
  request: http.ClientRequest | undefined;
  connected: boolean;
  encrypted: boolean;
}

class ResponseTooLarge extends Error {}

/** axios' `transport`: node's own client, watched so that we know whether a connection stood. */
function watchedTransport(state: SocketState) {
  return {
    request(options: http.RequestOptions, callback: (response: http.IncomingMessage) => void): http.ClientRequest {
      const request =
        options.protocol === 'https:' ? https.request(options, callback) : http.request(options, callback);
      state.request = request;
      request.on('socket', (socket) => {
        const secure = 'encrypted' in socket && socket.encrypted === true;
        const established = (): void => {
          state.connected = true;
          state.encrypted = secure;
        };
        if (request.reusedSocket || (!secure && !socket.connecting)) established();
        else socket.once(secure ? 'secureConnect' : 'connect', established);
      });
      return request;
    },
  };
}

async function readBounded(stream: Readable, maximumBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > maximumBytes) throw new ResponseTooLarge(`more than ${maximumBytes} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function plainHeaders(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/**
 * Sends one request with axios and reads the whole answer, of whatever status. Never follows a redirect, never throws
 * for what happens on the network: an axios error carries the credential, so none leaves this function.
 *
 * @throws what the body's iterator throws
 */
export async function exchange(options: Exchange): Promise<ExchangeResult> {
  const state: SocketState = { request: undefined, connected: false, encrypted: false };
  const startedAt = options.now();
  const stop = new AbortController();
  let timedOut = false;
  const watchdog = createWatchdog(options.timeoutMs, () => {
    timedOut = true;
    stop.abort();
  });
  const onAbort = (): void => stop.abort();
  options.signal?.addEventListener('abort', onAbort, { once: true });
  if (options.signal?.aborted) stop.abort();

  let bodyError: { readonly thrown: unknown } | undefined;
  async function* observed(body: HttpBody): AsyncGenerator<Uint8Array> {
    let sentBytes = 0;
    try {
      for await (const chunk of body.open()) {
        yield chunk;
        watchdog.touch();
        sentBytes += chunk.length;
        options.onSent?.(sentBytes);
      }
    } catch (thrown) {
      bodyError = { thrown };
      throw thrown;
    }
  }
  const upload = options.body === undefined ? undefined : Readable.from(observed(options.body), { objectMode: false });

  try {
    const answer = await axios.request<Readable>({
      adapter: 'http',
      transport: watchedTransport(state),
      method: options.method,
      url: options.url,
      headers: { ...options.headers },
      data: upload,
      responseType: 'stream',
      maxRedirects: 0,
      maxContentLength: -1,
      maxBodyLength: -1,
      validateStatus: () => true,
      transformRequest: [(data) => data],
      transformResponse: [(data) => data],
      httpAgent: options.connection.httpAgent,
      httpsAgent: options.connection.httpsAgent,
      proxy: options.connection.proxy,
      signal: stop.signal,
    });
    const body = await readBounded(answer.data, options.maxResponseBytes);
    return {
      response: {
        status: answer.status,
        statusText: answer.statusText ?? '',
        headers: plainHeaders(answer.headers),
        body,
        durationMs: options.now() - startedAt,
      },
      // Over https every answer of the remote side is encrypted: a plain one was written by the proxy.
      fromProxy: options.connection.proxy !== false && options.url.startsWith('https:') && !state.encrypted,
    };
  } catch (error) {
    if (bodyError !== undefined) throw bodyError.thrown;
    const { connected } = state;
    if (options.signal?.aborted) return { failure: { kind: 'aborted', code: undefined, detail: '', connected } };
    if (timedOut) return { failure: { kind: 'timeout', code: undefined, detail: '', connected } };
    if (error instanceof ResponseTooLarge) {
      return { failure: { kind: 'too-large', code: undefined, detail: error.message, connected } };
    }
    return { failure: failureFrom(error, connected) };
  } finally {
    watchdog.stop();
    options.signal?.removeEventListener('abort', onAbort);
    upload?.on('error', () => undefined).destroy();
    // An answer that came before the end of the upload leaves a socket that waits for the rest.
    if (state.request?.writableFinished === false) state.request.destroy();
  }
}
