import type { IncomingMessage } from 'node:http';
import { answer, bodyText, httpServer, instantSeams, type Loopback, testApiKey } from '../http/test-support.ts';
import { Tenant } from './tenant.ts';
import type { TenantOptions } from './tenant-options.ts';

/** One request that a stand-in tenant got. */
export interface SeenRequest {
  /** `GET /api/v1/providers/custom?page_size=100` without `/api/v1/providers/custom`. */
  readonly line: string;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

/** How a route answers: status and JSON body, or undefined to cut the connection. */
export type Reply = readonly [status: number, body: unknown, headers?: Record<string, string>] | undefined;

export interface StandIn extends Loopback {
  readonly seen: SeenRequest[];
  readonly lines: () => string[];
}

/**
 * A tenant that answers as the routes say; a route is looked up by `METHOD /path` below the providers' path, without
 * query. Unknown routes answer 404.
 */
export async function standIn(
  routes: Readonly<Record<string, (request: SeenRequest, count: number) => Reply | Promise<Reply>>>,
): Promise<StandIn> {
  const seen: SeenRequest[] = [];
  const counts = new Map<string, number>();
  const server = await httpServer(async (request, response) => {
    const line = `${request.method} ${(request.url ?? '').replace('/api/v1/providers/custom', '')}`;
    const item: SeenRequest = { line, headers: request.headers, text: await bodyText(request) };
    seen.push(item);
    const route = line.split('?')[0] ?? '';
    const count = (counts.get(route) ?? 0) + 1;
    counts.set(route, count);
    const handler = routes[route];
    const reply =
      handler === undefined
        ? ([404, { code: 'NotFound', message: `no ${route}` }] as const)
        : await handler(item, count);
    if (reply === undefined) request.socket.destroy();
    else answer(response, ...reply);
  });
  return { ...server, seen, lines: () => seen.map(({ line }) => line) };
}

/** A client of a stand-in that never really waits. */
export function tenantOf(server: Loopback, options: Partial<TenantOptions> = {}): Tenant {
  return new Tenant({
    url: server.url,
    apiKey: testApiKey,
    retryPolicy: { retries: 2 },
    seams: instantSeams(),
    timeoutMs: 5_000,
    ...options,
  });
}

/** The routes of a tenant that has provider `p1` "Portal" with data source `d1` "Main". */
export const portal = {
  'GET ': (): Reply => [
    200,
    { values: [{ id: 'p1', name: 'Portal', custom_template: 'application', state: 'ENABLED' }], has_more: false },
  ],
  'GET /p1/datasources': (): Reply => [200, { values: [{ id: 'd1', name: 'Main' }], has_more: false }],
};

/** Where a push to `portal` goes. */
export const target = { provider: 'Portal', dataSource: 'Main' };
