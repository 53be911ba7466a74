import { createServer, type Server } from 'node:http';
import type { PublicationStore } from '../directory/publications.ts';
import { createScimService } from './create-scim-service.ts';
import { createMetrics } from './metrics.ts';
import { checkedMountPath } from './mount-path.ts';
import { nodeHandler } from './node-handler.ts';
import { scimRefusal, writeNodeResponse } from './node-response.ts';
import type { ScimServiceOptions } from './scim-service.ts';
import { operationEndpoints } from './standalone-endpoints.ts';
import { gracefulStop, listen, namesOneHost, refuseProtocolErrors } from './standalone-listen.ts';
import { createServerLog, type LogDestination } from './standalone-log.ts';

export interface ScimServerOptions extends Omit<ScimServiceOptions, 'onRequest'> {
  /** 0 takes any free one. */
  readonly port: number;
  /** Default: `127.0.0.1`. The server speaks plain HTTP: for other machines, put a proxy with TLS in front of it. */
  readonly host?: string | undefined;
  /** Default: `/scim`. Clients may put `/v2` behind it. */
  readonly mountPath?: string | undefined;
  /** Takes a line of JSON for each SCIM request and each event. Default: standard error. */
  readonly log?: LogDestination | undefined;
  /** `error` leaves out everything but faults. Default: `info`. */
  readonly logLevel?: 'info' | 'error' | undefined;
  /**
   * Addresses or CIDR ranges that may read `/metrics`. Default: this machine; nobody where `baseUrl` or `trustedProxies`
   * tell of a proxy, since requests that a proxy on this machine passes on look like its own.
   */
  readonly metricsFrom?: readonly string[] | undefined;
  /** With write-back: `/metrics` tells of publications and open intents, too. */
  readonly publications?: PublicationStore | undefined;
  /** How long the headers of a request may take to come; milliseconds. Default: 10,000. */
  readonly headersTimeoutMs?: number | undefined;
  /** How long a whole request may take to come; milliseconds. Default: 60,000. */
  readonly requestTimeoutMs?: number | undefined;
  /** How long a stop waits for requests that are under way; milliseconds. Default: 10,000. */
  readonly stopWithinMs?: number | undefined;
}

export interface ScimServer {
  /** What a client is configured with: `http://127.0.0.1:8080/scim/v2`. */
  readonly url: string;
  readonly port: number;
  /** Finishes the requests that are under way, then stops. The directory stays open. */
  close(): Promise<void>;
}

const maximumHeaderBytes = 16 * 1024;
/** Longer than the 60 s of common balancers: they must be the ones who close, or they meet a closed connection. */
const keepAliveMs = 65_000;
const maximumConnections = 2_000;
/** A client that takes nothing of its answer for so long is gone. */
const socketTimeoutMs = 120_000;

const loopback = ['127.0.0.0/8', '::1'];

/** Bounds on what a connection may cost before a request is understood, and after. */
function createBoundedServer({ headersTimeoutMs = 10_000, requestTimeoutMs = 60_000 }: ScimServerOptions): Server {
  const server = createServer({
    maxHeaderSize: maximumHeaderBytes,
    // Checked below, where the refusal has a body.
    requireHostHeader: false,
    headersTimeout: Math.min(headersTimeoutMs, requestTimeoutMs),
    requestTimeout: requestTimeoutMs,
    keepAliveTimeout: keepAliveMs,
    connectionsCheckingInterval: Math.max(100, Math.min(headersTimeoutMs, requestTimeoutMs) / 4),
  });
  server.maxConnections = maximumConnections;
  server.setTimeout(socketTimeoutMs);
  refuseProtocolErrors(server);
  return server;
}

function metricsReaders({ baseUrl, trustedProxies = [] }: ScimServerOptions): readonly string[] {
  return baseUrl === undefined && trustedProxies.length === 0 ? loopback : [];
}

function urlHost(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/**
 * Serves SCIM by itself, with `/healthz`, `/readyz` and `/metrics` beside it.
 *
 * @throws {UsageError} for settings that it cannot run with, and when the address cannot be listened on
 *
 * @example
 * const server = await startScimServer({ directory, authenticator, port: 8080 });
 * console.log(server.url);
 */
export async function startScimServer(options: ScimServerOptions): Promise<ScimServer> {
  const { directory, port, host = '127.0.0.1', stopWithinMs = 10_000 } = options;
  const { metricsFrom = metricsReaders(options) } = options;
  const mountPath = checkedMountPath(options.mountPath ?? '/scim');
  const log = await createServerLog(options.log ?? process.stderr, options.logLevel ?? 'info');
  const metrics = await createMetrics(directory, options.publications);
  const service = createScimService({
    ...options,
    mountPath,
    onRequest: (record) => {
      metrics.observe(record);
      log.request(record);
    },
  });
  const server = createBoundedServer(options);
  const stop = gracefulStop(server, stopWithinMs);
  const answerOperation = operationEndpoints({ directory, metrics, metricsFrom, log });
  const answerScim = nodeHandler(service, {
    mountPath,
    onError: (error) => log.fault('an answer was cut off', error),
  });
  server.on('request', (request, response) => {
    if (!namesOneHost(request)) {
      void writeNodeResponse(
        request,
        response,
        scimRefusal(400, 'The request has to name one host, in the header Host.'),
      );
    } else if (!answerOperation(request, response)) answerScim(request, response);
  });
  const listeningPort = await listen(server, port, host);
  const url = options.baseUrl ?? `http://${urlHost(host)}:${listeningPort}${mountPath}/v2`;
  log.event('listening', { url, port: listeningPort });
  return {
    url,
    port: listeningPort,
    close: async () => {
      log.event('stopping');
      await stop();
      log.event('stopped');
    },
  };
}
