import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { UsageError } from '@oaa-kit/oaa';
import { awaitContinue, refuseBody } from './body-arrival.ts';
import { scimRefusal, writeNodeResponse } from './node-response.ts';

const hints: Readonly<Record<string, string>> = {
  EADDRINUSE: 'Another program listens there: stop it, or take another port; 0 takes any free one.',
  EACCES: 'Ports below 1024 need rights of their own: take another one, and a proxy in front of it.',
  EADDRNOTAVAIL: 'The address is none of this machine: take 127.0.0.1, ::1, 0.0.0.0, or one that it has.',
  ENOTFOUND: 'The host is not known: take an address such as 127.0.0.1.',
};

/**
 * Listens, and gives the port.
 *
 * @throws {UsageError} when the address cannot be listened on
 */
export function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    if (!Number.isInteger(port) || port < 0 || port > 65_535) {
      throw new UsageError('setting-invalid', `Port ${port} is not a number from 0 to 65535.`);
    }
    const failed = (cause: NodeJS.ErrnoException) => {
      const hint = hints[cause.code ?? ''];
      const message = `The server cannot listen on ${host}, port ${port}: ${cause.code ?? cause.message}.`;
      reject(hint === undefined ? cause : new UsageError('setting-invalid', message, { hint, cause }));
    };
    server.once('error', failed);
    server.listen({ port, host }, () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const statusOfProtocolError: Readonly<Record<string, readonly [number, string, string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'Request Header Fields Too Large', 'The headers of the request are too long.'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'Request Timeout', 'The request took too long to come.'],
};

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

/** The last request of each connection that is not answered yet. */
function openExchanges(server: Server): (socket: Duplex) => Exchange | undefined {
  const last = new WeakMap<Duplex, Exchange>();
  server.on('request', (request, response) => last.set(request.socket, { request, response }));
  return (socket) => {
    const exchange = last.get(socket);
    return exchange?.response.closed === false ? exchange : undefined;
  };
}

/** How long a connection stays after a refusal, for the client to read it. */
const lingerMs = 2_000;

/**
 * Answers what is no HTTP request, before any handler could: in the form of the service, and with nothing of the cause. A
 * whole request in front of it gets its own answer: a refusal in its place would deny what is done. A body that the
 * service waits for ends with the same refusal.
 */
export function refuseProtocolErrors(server: Server): void {
  const openExchange = openExchanges(server);
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    if (error.code === 'ECONNRESET' || !socket.writable) {
      socket.destroy();
      return;
    }
    const { request, response } = openExchange(socket) ?? {};
    if (response !== undefined && (request?.complete === true || response.headersSent)) {
      socket.pause();
      if (!response.headersSent) response.setHeader('connection', 'close');
      response.once('close', () => socket.end());
      return;
    }
    const known = statusOfProtocolError[error.code ?? ''];
    const [status, reason, detail] = known ?? [400, 'Bad Request', 'The request is no HTTP request.'];
    const { headers, body } = scimRefusal(status, detail);
    const head = [
      `HTTP/1.1 ${status} ${reason}`,
      `Content-Type: ${headers['content-type']}`,
      `Content-Length: ${Buffer.byteLength(String(body))}`,
      'Connection: close',
    ];
    if (request !== undefined) refuseBody(request, { status, detail });
    socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
    // A client that does not close it would keep its request waiting.
    const timer = setTimeout(() => socket.destroy(), lingerMs);
    socket.once('close', () => clearTimeout(timer));
  });
  server.on('checkExpectation', (request, response) => {
    void writeNodeResponse(
      request,
      response,
      scimRefusal(417, 'Of what a client may expect, only 100-continue is known.'),
    );
  });
}

/**
 * Asks clients that wait for it (`Expect: 100-continue`, RFC 9110 s10.1.1) for their body when the service begins to read it:
 * who has no good credential, or would send too much, is refused without.
 */
export function continueWhenRead(server: Server): void {
  server.on('checkContinue', (request, response) => {
    awaitContinue(request, () => response.writeContinue());
    server.emit('request', request, response);
  });
}

/** RFC 9112 s3.2: a request names one host, and never two. Only HTTP/1.0 may name none, as some health checks do. */
export function namesOneHost({ rawHeaders, httpVersion }: IncomingMessage): boolean {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    if (rawHeaders[index]?.toLowerCase() === 'host') hosts += 1;
  }
  return hosts === 1 || (hosts === 0 && httpVersion === '1.0');
}

/**
 * Gives the way to stop a server: no new connections, an end to those that do nothing, and time for the requests that are
 * under way. After `deadlineMs` they are cut off.
 */
export function gracefulStop(server: Server, deadlineMs: number): () => Promise<void> {
  let stopped: Promise<void> | undefined;
  /** Connections that have not sent a request yet; Node counts them as busy. */
  const fresh = new Set<Socket>();
  const running = new Set<ServerResponse>();
  server.on('connection', (socket: Socket) => {
    fresh.add(socket);
    socket.once('close', () => fresh.delete(socket));
  });
  server.on('request', (request, response) => {
    fresh.delete(request.socket);
    running.add(response);
    if (stopped !== undefined) response.setHeader('connection', 'close');
    response.once('close', () => {
      running.delete(response);
      // An answer that had begun before the stop leaves its connection open.
      if (stopped !== undefined) setImmediate(() => server.closeIdleConnections());
    });
  });
  return () => {
    stopped ??= new Promise((resolve, reject) => {
      const deadline = setTimeout(() => server.closeAllConnections(), deadlineMs);
      server.close((error) => {
        clearTimeout(deadline);
        if (error === undefined) resolve();
        else reject(error);
      });
      for (const socket of fresh) socket.destroy();
      for (const response of running) if (!response.headersSent) response.setHeader('connection', 'close');
    });
    return stopped;
  };
}
