import type { DataSourceRecord, ProviderRecord } from '../records.ts';
import { invalidArgument, notFound } from '../refusals.ts';
import type { Api, ApiRequest } from './route.ts';

/**
 * The provider that the path names.
 * @throws ApiError 404.
 */
export function providerOf(request: ApiRequest, api: Api): ProviderRecord {
  const id = request.params.provider ?? '';
  const provider = api.store.provider(id);
  if (provider === undefined) throw notFound('provider', id);
  return provider;
}

/**
 * The data source that the path names, under the provider that it names.
 * @throws ApiError 404.
 */
export function dataSourceOf(request: ApiRequest, api: Api): DataSourceRecord {
  const provider = providerOf(request, api);
  const id = request.params.dataSource ?? '';
  const dataSource = api.store.dataSource(id);
  if (dataSource === undefined || dataSource.providerId !== provider.id) throw notFound('datasource', id);
  return dataSource;
}

/**
 * Refuses changes to what is being deleted in the background.
 * @throws ApiError 400.
 */
export function refuseDeleting(record: ProviderRecord | DataSourceRecord, kind: string): void {
  if (record.deletedAt !== undefined) throw invalidArgument('id', `The ${kind} is being deleted (${record.name})`);
}

/**
 * Ids in a body repeat those of the path, where they are given at all.
 * @throws ApiError 400.
 */
export function refuseOtherIds(
  body: { readonly id?: string | undefined; readonly data_source_id?: string | undefined },
  request: ApiRequest,
): void {
  if (body.id !== undefined && body.id !== request.params.provider) {
    throw invalidArgument('id', `Provider id differs from the one in the path (${body.id})`);
  }
  if (body.data_source_id !== undefined && body.data_source_id !== request.params.dataSource) {
    throw invalidArgument('data_source_id', `Data source id differs from the one in the path (${body.data_source_id})`);
  }
}
