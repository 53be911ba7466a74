import type { Directory } from '../directory/directory.ts';
import type { PublicationStore } from '../directory/publications.ts';
import { addWriteBackMetrics } from './metrics-write-back.ts';
import type { RequestRecord } from './scim-service.ts';

/** What a service counts, in the text form that Prometheus reads. */
export interface Metrics {
  readonly contentType: string;
  readonly observe: (record: RequestRecord) => void;
  /** @throws when the directory cannot be counted */
  readonly text: () => Promise<string>;
}

/** Seconds; a page of members of a large group is what comes near the upper end. */
const latencyBuckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Refusals that somebody should look at: clashes, clients that are too fast, faults of ours. */
function refusalKind(status: number): string | undefined {
  if (status === 409 || status === 429) return String(status);
  return status >= 500 && status !== 501 ? '5xx' : undefined;
}

/**
 * Counts requests by method, route and status, their time, refusals by credential, and the size of the directory. Labels
 * are names of routes and credentials, never ids or values: there are as many as there are routes and credentials.
 *
 * @param publications with write-back: what is published, too
 */
export async function createMetrics(
  directory: Pick<Directory, 'size'>,
  publications?: PublicationStore,
): Promise<Metrics> {
  const { Counter, Gauge, Histogram, Registry } = await import('prom-client');
  const registry = new Registry();
  const registers = [registry];
  const requests = new Counter({
    name: 'scim_requests_total',
    help: 'Requests that were answered',
    labelNames: ['method', 'route', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'scim_request_duration_seconds',
    help: 'Time until an answer begins',
    labelNames: ['method', 'route'],
    buckets: latencyBuckets,
    registers,
  });
  const refused = new Counter({
    name: 'scim_refused_requests_total',
    help: 'Requests answered 409, 429 or 5xx, by the label of the credential',
    labelNames: ['status', 'organization', 'credential'],
    registers,
  });
  new Gauge({
    name: 'scim_directory_resources',
    help: 'Resources in the directory',
    labelNames: ['organization', 'kind'],
    registers,
    async collect() {
      const sizes = await directory.size();
      this.reset();
      for (const { organization, kind, count } of sizes) this.set({ organization, kind }, count);
    },
  });
  if (publications !== undefined) await addWriteBackMetrics(registry, publications);
  return {
    contentType: registry.contentType,
    observe: ({ method, route, status, durationMs, organization = '', credential = '' }) => {
      requests.inc({ method, route, status: String(status) });
      duration.observe({ method, route }, durationMs / 1000);
      const kind = refusalKind(status);
      if (kind !== undefined) refused.inc({ status: kind, organization, credential });
    },
    text: () => registry.metrics(),
  };
}
