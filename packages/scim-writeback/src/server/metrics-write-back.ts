import type { Registry } from 'prom-client';
import type { PublicationStore } from '../directory/publications.ts';
import { type PublicationStatus, publicationStatus } from '../publish/publication-status.ts';

const labelNames = ['organization', 'provider', 'data_source'] as const;

/** What is read of publications at each scrape, as one number each; undefined: not known. */
const figures: readonly {
  readonly name: string;
  readonly help: string;
  readonly of: (status: PublicationStatus, nowMs: number) => number | undefined;
}[] = [
  {
    name: 'scim_publication_lag_revisions',
    help: 'Changes of the directory that are not published',
    of: ({ lag }) => lag.revisions,
  },
  {
    name: 'scim_publication_lag_generations',
    help: 'Accepted bases that are not published',
    of: ({ lag }) => lag.generations,
  },
  {
    name: 'scim_publication_lag_seconds',
    help: 'How long the oldest change that is not published has waited',
    of: ({ lag }) => lag.seconds,
  },
  {
    name: 'scim_publication_held',
    help: '1 while publication waits for somebody to decide or to set something right',
    of: ({ condition }) => (condition === 'held' ? 1 : 0),
  },
  {
    name: 'scim_publication_paused',
    help: '1 while publication is paused',
    of: ({ condition }) => (condition === 'paused' ? 1 : 0),
  },
  {
    name: 'scim_publication_full_push_age_seconds',
    help: 'Time since the last full push that the tenant has confirmed',
    of: ({ lastFullPush }, nowMs) =>
      lastFullPush === undefined ? undefined : Math.max(0, (nowMs - Date.parse(lastFullPush)) / 1000),
  },
  {
    name: 'scim_publication_left_out_values',
    help: 'Values that were left out of the published payload',
    of: ({ leftOut }) => leftOut?.count ?? 0,
  },
];

/**
 * Adds what there is to watch of write-back: how far publications lag, what holds them, and changes that wait for the
 * application. All of it is read when it is asked for.
 */
export async function addWriteBackMetrics(registry: Registry, publications: PublicationStore): Promise<void> {
  const { Gauge } = await import('prom-client');
  const registers = [registry];
  const read = together(() => readStatuses(publications));
  for (const { name, help, of } of figures) {
    new Gauge({
      name,
      help,
      labelNames,
      registers,
      async collect() {
        const { statuses, nowMs } = await read();
        this.reset();
        for (const status of statuses) {
          const { organization, provider, dataSource: data_source } = status;
          const value = of(status, nowMs);
          if (value !== undefined) this.set({ organization, provider, data_source }, value);
        }
      },
    });
  }
  new Gauge({
    name: 'scim_open_intents',
    help: 'Changes of which it is not known yet whether the application has taken them',
    labelNames: ['organization', 'state'],
    registers,
    async collect() {
      const { statuses } = await read();
      this.reset();
      for (const { organization, openIntents } of statuses) {
        this.set({ organization, state: 'open' }, openIntents.open);
        this.set({ organization, state: 'needs-attention' }, openIntents.needsAttention);
      }
    },
  });
}

async function readStatuses(publications: PublicationStore) {
  const views = await publications.list();
  const statuses: PublicationStatus[] = [];
  for (const view of views) {
    statuses.push(publicationStatus(view, await publications.openIntents(view.key.organization)));
  }
  return { statuses, nowMs: views[0]?.now ?? 0 };
}

/** Gauges are collected at the same time: one reading is for all of them. */
function together<Result>(read: () => Promise<Result>): () => Promise<Result> {
  let reading: Promise<Result> | undefined;
  return () => {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  };
}
