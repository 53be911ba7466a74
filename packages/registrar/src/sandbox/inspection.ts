import type { Template } from '@oaa-kit/oaa';
import { dataSourceStatus } from './api/data-source-view.ts';
import { type PayloadCounts, payloadCounts } from './payload-counts.ts';
import type { Icon, PushRecord } from './records.ts';
import type { Store } from './store.ts';

/** A provider, seen from inside the sandbox. */
export interface ProviderInspection {
  readonly id: string;
  readonly name: string;
  readonly state: 'ENABLED' | 'DELETING';
  readonly templates: readonly Template[];
  readonly icon: Pick<Icon, 'format' | 'bytes'> | undefined;
  /** Names. */
  readonly dataSources: readonly string[];
  /** Wire keys as they were set: `provisioning`, `configuration_json` ... */
  readonly settings: Readonly<Record<string, unknown>>;
}

/** A data source and what it holds, seen from inside the sandbox. */
export interface DataSourceInspection {
  readonly id: string;
  readonly name: string;
  readonly template: Template;
  readonly status: 'PENDING' | 'SUCCESS' | 'DELETING';
  /** The payload that was accepted last. */
  readonly payload: Readonly<Record<string, unknown>> | undefined;
  /** The CSV file that was accepted last. */
  readonly csv: { readonly text: string; readonly rows: number } | undefined;
  /** Accepted pushes, oldest first. */
  readonly pushes: readonly PushRecord[];
  /** Entities of the payload by kind; empty when there is none. */
  readonly counts: PayloadCounts;
}

export function inspectProviders(store: Store): ProviderInspection[] {
  return store.providers().map(({ id, name, deletedAt, templates, icon, settings }) => ({
    id,
    name,
    state: deletedAt === undefined ? 'ENABLED' : 'DELETING',
    templates,
    icon: icon === undefined ? undefined : { format: icon.format, bytes: icon.bytes },
    dataSources: store.dataSources(id).map((dataSource) => dataSource.name),
    settings,
  }));
}

export function inspectDataSource(
  store: Store,
  providerName: string,
  dataSourceName: string,
  now: Date,
): DataSourceInspection | undefined {
  const provider = store.providers().find(({ name }) => name === providerName);
  const dataSource = store.dataSources(provider?.id ?? '').find(({ name }) => name === dataSourceName);
  if (dataSource === undefined) return undefined;
  const { id, name, template, payload, csv, pushes } = dataSource;
  const counts = payload === undefined ? {} : payloadCounts(payload);
  return { id, name, template, status: dataSourceStatus(dataSource, now), payload, csv, pushes, counts };
}
