import { createServer, type Server } from 'node:http';
import type { PublicationStore } from '../directory/publications.ts';
import { adminHandler } from './admin/admin-handler.ts';
import { checkedAdminPath } from './admin/admin-path.ts';
import type { ApplicationOf } from './admin/require-application.ts';
import { createScimService } from './create-scim-service.ts';
import { createMetrics } from './metrics.ts';
import { checkedMountPath } from './mount-path.ts';
import { nodeHandler } from './node-handler.ts';
import { scimRefusal, writeNodeResponse } from './node-response.ts';
import type { RequestRecord, ScimServiceOptions } from './scim-service.ts';
import { operationEndpoints } from './standalone-endpoints.ts';
import { continueWhenRead, gracefulStop, listen, namesOneHost, refuseProtocolErrors } from './standalone-listen.ts';
import { createServerLog, type LogDestination } from './standalone-log.ts';

export interface ScimServerOptions extends Omit<ScimServiceOptions, 'onRequest'> {
  /** 0 takes any free one. */
  readonly port: number;
  /** Default: `127.0.0.1`. The server speaks plain HTTP: for other machines, put a proxy with TLS in front of it. */
  readonly host?: string | undefined;
  /** Default: `/scim`. Clients may put `/v2` behind it. */
  readonly mountPath?: string | undefined;
  /**
   * Where the administration API answers: `/admin`. No part of the path of the service, nor the other way round. Default: it
   * does not.
   */
  readonly adminPath?: string | undefined;
  /** Bytes that a base may have once it is unpacked. Default: 100,000,000. */
  readonly payloadBytes?: number | undefined;
  /** Which application the bases of an organization have to be of. Default: any. */
  readonly applicationOf?: ApplicationOf | undefined;
  /** Takes a line of JSON for each request and each event. Default: standard error. */
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
  /** Of the administration API, where it answers. */
  readonly adminUrl: string | undefined;
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
  continueWhenRead(server);
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
  const adminPath = options.adminPath === undefined ? undefined : checkedAdminPath(options.adminPath, mountPath);
  const log = await createServerLog(options.log ?? process.stderr, options.logLevel ?? 'info');
  const metrics = await createMetrics(directory, options.publications);
  const onRequest = (record: RequestRecord): void => {
    metrics.observe(record);
    log.request(record);
  };
  const service = createScimService({ ...options, mountPath, onRequest });
  const server = createBoundedServer(options);
  const stop = gracefulStop(server, stopWithinMs);
  const answerOperation = operationEndpoints({ directory, metrics, metricsFrom, log });
  const onError = (error: unknown): void => log.fault('an answer was cut off', error);
  const answerScim = nodeHandler(service, { mountPath, onError });
  const answerAdmin = adminPath === undefined ? undefined : adminHandler({ ...options, onRequest }, adminPath, onError);
  server.on('request', (request, response) => {
    if (!namesOneHost(request)) {
      void writeNodeResponse(
        request,
        response,
        scimRefusal(400, 'The request has to name one host, in the header Host.'),
      );
    } else if (answerOperation(request, response)) return;
    else if (answerAdmin === undefined) answerScim(request, response);
    else answerAdmin(request, response, () => answerScim(request, response));
  });
  const listeningPort = await listen(server, port, host);
  const origin = `http://${urlHost(host)}:${listeningPort}`;
  const url = options.baseUrl ?? `${origin}${mountPath}/v2`;
  // A proxy in front of both paths passes them on as they are, unless its operator knows better.
  const adminUrl =
    adminPath && `${options.baseUrl === undefined ? origin : new URL(options.baseUrl).origin}${adminPath}`;
  log.event('listening', { url, port: listeningPort, ...(adminUrl !== undefined && { adminUrl }) });
  return {
    url,
    adminUrl,
    port: listeningPort,
    close: async () => {
      log.event('stopping');
      await stop();
      log.event('stopped');
    },
  };
}
