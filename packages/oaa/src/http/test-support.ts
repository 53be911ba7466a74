import http from 'node:http';
import https from 'node:https';
import net, { type AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { generate } from 'selfsigned';
import { onTestFinished } from 'vitest';
import { OaaError } from '../errors/index.ts';
import type { HttpSeams } from './seams.ts';

/** A key that must never be seen in any output. */
export const testApiKey = 'key-ZXCVB-0123456789-never-show-me';

/** A loopback server that lives as long as the test; `url` ends without a slash. */
export interface Loopback {
  readonly url: string;
  readonly port: number;
  /** How many requests (for net servers: connections) came. */
  requests(): number;
}

async function listen(server: net.Server, scheme: string, requests: () => number): Promise<Loopback> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const sockets = new Set<net.Socket>();
  server.on('connection', (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
  });
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `${scheme}://127.0.0.1:${port}`, port, requests };
}

/** An HTTP server; `handler` gets the number of the request, from 1. */
export function httpServer(
  handler: (request: http.IncomingMessage, response: http.ServerResponse, count: number) => void,
): Promise<Loopback> {
  let count = 0;
  const server = http.createServer((request, response) => {
    count += 1;
    handler(request, response, count);
  });
  return listen(server, 'http', () => count);
}

/** A server that does what it likes with each connection. */
export function rawServer(handler: (socket: net.Socket) => void): Promise<Loopback> {
  let count = 0;
  const server = net.createServer((socket) => {
    count += 1;
    handler(socket);
  });
  return listen(server, 'http', () => count);
}

/** A certificate and its key, PEM. */
export interface TestCertificate {
  readonly cert: string;
  readonly key: string;
}

/** A self-signed certificate for 127.0.0.1 and localhost, or for another host name. */
export async function testCertificate(
  options: { hostName?: string; notBefore?: Date; notAfter?: Date } = {},
): Promise<TestCertificate> {
  const hostName = options.hostName ?? 'localhost';
  const altNames = [
    { type: 2 as const, value: hostName },
    ...(options.hostName === undefined ? [{ type: 7 as const, ip: '127.0.0.1' }] : []),
  ];
  const made = await generate([{ name: 'commonName', value: hostName }], {
    keySize: 2048,
    algorithm: 'sha256',
    ...(options.notBefore === undefined ? {} : { notBeforeDate: options.notBefore }),
    ...(options.notAfter === undefined ? {} : { notAfterDate: options.notAfter }),
    extensions: [
      { name: 'basicConstraints', cA: true },
      { name: 'subjectAltName', altNames },
    ],
  });
  return { cert: made.cert, key: made.private };
}

/** An HTTPS server; `requests` counts those that got through the handshake. */
export function httpsServer(certificate: TestCertificate, handler: http.RequestListener): Promise<Loopback> {
  let count = 0;
  const server = https.createServer({ cert: certificate.cert, key: certificate.key }, (request, response) => {
    count += 1;
    handler(request, response);
  });
  return listen(server, 'https', () => count);
}

/** Answers with JSON. */
export function answer(
  response: http.ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** The whole body of a request as text. */
export async function bodyText(request: http.IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += chunk;
  return text;
}

/** A port on which nobody listens. */
export async function closedPort(): Promise<number> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Seams that never wait: `sleeps` collects what would have been waited. */
export function instantSeams(): HttpSeams & { readonly sleeps: number[] } {
  const sleeps: number[] = [];
  return {
    sleeps,
    sleep: async (durationMs) => {
      sleeps.push(durationMs);
    },
    random: () => 0,
    now: () => Date.UTC(2025, 0, 1),
  };
}

/** Everything of an error that a log could show. */
export function everythingShown(error: unknown): string {
  const { stack = '', cause } = error instanceof Error ? error : new Error(String(error));
  return [
    stack,
    JSON.stringify(error),
    inspect(error, { depth: 20, showHidden: true }),
    inspect(cause, { depth: 20 }),
  ].join('\n');
}

/** The error that a promise ends with; fails when there is none or it is not one of ours. */
export async function rejection(promise: Promise<unknown>): Promise<OaaError> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof OaaError) return error;
    throw error;
  }
  throw new Error('the promise was expected to be rejected');
}
