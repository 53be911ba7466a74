import type { DataSourceRecord } from '../records.ts';

/** `PENDING` before the first push and while a payload is parsed, then `SUCCESS`; `DELETING` at the end. */
export function dataSourceStatus(
  { deletedAt, parsedAt }: DataSourceRecord,
  now: Date,
): 'PENDING' | 'SUCCESS' | 'DELETING' {
  if (deletedAt !== undefined) return 'DELETING';
  return parsedAt !== undefined && Date.parse(parsedAt) <= now.getTime() ? 'SUCCESS' : 'PENDING';
}

/** A data source as the API shows it (reference 2.4). */
export function dataSourceView(dataSource: DataSourceRecord, now: Date): Record<string, unknown> {
  const pushedAt = dataSource.pushes.at(-1)?.at ?? null;
  const status = dataSourceStatus(dataSource, now);
  const parsedAt = status === 'SUCCESS' ? (dataSource.parsedAt ?? null) : null;
  const state = dataSource.deletedAt === undefined ? 'ENABLED' : 'DELETING';
  return {
    id: dataSource.id,
    name: dataSource.name,
    provider_id: dataSource.providerId,
    data_provider_id: dataSource.providerId,
    custom_template: dataSource.template,
    datasource_type: `CUSTOM_${dataSource.template.toUpperCase()}`,
    agent_type: 'CUSTOM',
    path: dataSource.id,
    status,
    state,
    effective_state: state,
    created_at: dataSource.createdAt,
    updated_at: dataSource.updatedAt,
    sync_start: pushedAt,
    sync_end: pushedAt,
    synced_at: pushedAt,
    parse_start: pushedAt,
    parse_end: parsedAt,
    parsed_at: parsedAt,
  };
}
