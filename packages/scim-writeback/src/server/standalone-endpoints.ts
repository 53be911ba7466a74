import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Directory } from '../directory/directory.ts';
import { type TrustedProxies, trustProxies } from './base-url/trusted-proxies.ts';
import type { Metrics } from './metrics.ts';
import type { ServerLog } from './standalone-log.ts';

export interface OperationEndpoints {
  readonly directory: Pick<Directory, 'checkReady'>;
  readonly metrics: Metrics;
  /** Who may read the metrics: they name organizations and credentials. */
  readonly metricsFrom: readonly string[];
  readonly log: ServerLog;
}

interface PlainAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

const plain = (status: number, body: string): PlainAnswer => ({
  status,
  contentType: 'text/plain; charset=utf-8',
  body: `${body}\n`,
});

/** A proxy on this machine speaks for clients elsewhere, and says so. */
function isForwarded({ headers }: IncomingMessage): boolean {
  return headers.forwarded !== undefined || headers['x-forwarded-for'] !== undefined;
}

/** `/healthz`: the process answers. `/readyz`: so does its database. `/metrics`: what it has counted. */
export function operationEndpoints(options: OperationEndpoints) {
  const mayReadMetrics: TrustedProxies = trustProxies(options.metricsFrom);

  const ready = async (): Promise<PlainAnswer> => {
    try {
      await options.directory.checkReady();
      return plain(200, 'ready');
    } catch (error) {
      options.log.fault('the directory is not ready', error);
      return plain(503, 'the directory is not ready');
    }
  };
  const metrics = async (request: IncomingMessage): Promise<PlainAnswer> => {
    if (isForwarded(request) || !mayReadMetrics(request.socket.remoteAddress)) return plain(404, 'not found');
    try {
      return { status: 200, contentType: options.metrics.contentType, body: await options.metrics.text() };
    } catch (error) {
      options.log.fault('the metrics cannot be told', error);
      return plain(503, 'the metrics cannot be told');
    }
  };
  const endpoints = new Map<string, (request: IncomingMessage) => Promise<PlainAnswer>>([
    ['/healthz', async () => plain(200, 'alive')],
    ['/readyz', ready],
    ['/metrics', metrics],
  ]);

  /** Answers a request for one of the three; false when it is for something else. */
  return (request: IncomingMessage, response: ServerResponse): boolean => {
    const { url = '' } = request;
    const mark = url.indexOf('?');
    const path = mark < 0 ? url : url.slice(0, mark);
    const endpoint = request.method === 'GET' || request.method === 'HEAD' ? endpoints.get(path) : undefined;
    if (endpoint === undefined) return false;
    void endpoint(request).then(({ status, contentType, body }) => {
      response.writeHead(status, { 'content-type': contentType, 'content-length': String(Buffer.byteLength(body)) });
      response.end(request.method === 'HEAD' ? undefined : body);
    });
    return true;
  };
}
