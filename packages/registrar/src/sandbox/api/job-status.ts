import type { DataSourceRecord } from '../records.ts';
import { notFound } from '../refusals.ts';
import { type Api, type ApiRequest, paths, type Route } from './route.ts';

function jobStatus(dataSource: DataSourceRecord, type: 'EXTRACTION' | 'PARSE', now: Date): unknown {
  const startedAt = dataSource.pushes.at(-1)?.at ?? null;
  const finishedAt = type === 'EXTRACTION' ? startedAt : (dataSource.parsedAt ?? null);
  const done = finishedAt !== null && Date.parse(finishedAt) <= now.getTime();
  const milliseconds = done && startedAt !== null ? Date.parse(finishedAt) - Date.parse(startedAt) : 0;
  return {
    job_status: {
      job_id: `${dataSource.id}-${type.toLowerCase()}`,
      job_type: type,
      state: done ? 'COMPLETED' : startedAt === null ? 'PENDING' : 'IN_PROGRESS',
      status: 'OK',
      started_at: startedAt,
      duration: `${milliseconds / 1000}s`,
      stats: { started_at: startedAt, finished_at: done ? finishedAt : null, steps: [] },
    },
  };
}

function statusOf(type: 'EXTRACTION' | 'PARSE') {
  return (request: ApiRequest, api: Api): unknown => {
    const id = request.params.dataSource ?? '';
    const dataSource = api.store.dataSource(id);
    if (dataSource === undefined) throw notFound('datasource', id);
    return jobStatus(dataSource, type, api.now());
  };
}

const dataSource = `${paths.allDataSources}/:dataSource(^[^:/]+)`;

/** How far the last push has been taken in (reference 2.7). */
export const jobStatusRoutes: readonly Route[] = [
  { method: 'GET', url: `${dataSource}/sync_status`, handle: statusOf('EXTRACTION') },
  { method: 'GET', url: `${dataSource}/parse_status`, handle: statusOf('PARSE') },
];
