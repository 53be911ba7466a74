import type { IncomingMessage, ServerResponse } from 'node:http';
import { expect } from 'vitest';
import type { OaaError } from '../errors/index.ts';
import { createHttpClient } from './client.ts';
import type { HttpClientOptions, HttpRequest } from './http-types.ts';
import { everythingShown, httpServer, instantSeams, type Loopback, rejection, testApiKey } from './test-support.ts';

/** What came of a fault: for the caller, and on the wire. */
export interface Seen {
  readonly error: OaaError;
  readonly requests: number;
  /** Class, code, exit code. */
  readonly kind: readonly [string, string, number];
  readonly message: string;
  readonly hint: string | undefined;
}

/** Sends one request to a faulty server and returns what the caller gets; loopback ports are written as PORT. */
export async function fault(
  server: Loopback,
  request: Partial<HttpRequest> = {},
  options: Partial<HttpClientOptions> = {},
): Promise<Seen> {
  const client = createHttpClient({
    baseUrl: server.url,
    auth: { type: 'bearer', token: testApiKey },
    retryPolicy: { retries: 2 },
    seams: instantSeams(),
    timeoutMs: 10_000,
    ...options,
  });
  const error = await rejection(client.request({ method: 'GET', path: '/things', ...request }));
  expect(everythingShown(error)).not.toContain(testApiKey);
  const written = (text: string): string => text.replace(/127\.0\.0\.1:\d+/g, 'HOST:PORT');
  return {
    error,
    requests: server.requests(),
    kind: [error.name, error.code, error.exitCode],
    message: written(error.message),
    hint: error.hint,
  };
}

/** A server that always does the same. */
export function always(handler: (request: IncomingMessage, response: ServerResponse) => void): Promise<Loopback> {
  return httpServer((request, response) => {
    request.resume();
    handler(request, response);
  });
}
