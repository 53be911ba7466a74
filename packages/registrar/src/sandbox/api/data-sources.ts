import type { Template } from '@oaa-kit/oaa';
import { filterItems, type ListFields, orderItems } from '../list-filter.ts';
import { paginate } from '../pagination.ts';
import { parseBody } from '../parse-body.ts';
import type { DataSourceRecord, ProviderRecord } from '../records.ts';
import { invalidArgument } from '../refusals.ts';
import { dataSourceView } from './data-source-view.ts';
import { dataSourceOf, providerOf, refuseDeleting, refuseOtherIds } from './look-up.ts';
import { newDataSourceBody } from './provider-body.ts';
import { type Api, type ApiRequest, paths, type Route } from './route.ts';

const filterable = [
  'id',
  'name',
  'agent_type',
  'status',
  'state',
  'provider_id',
  'data_provider_id',
  'datasource_type',
  'created_at',
  'updated_at',
] as const;

function listOf(dataSources: readonly DataSourceRecord[], { path, query }: ApiRequest, api: Api): unknown {
  const now = api.now();
  const views = dataSources.map((dataSource) => dataSourceView(dataSource, now));
  const fields: ListFields<Record<string, unknown>> = Object.fromEntries(
    filterable.map((name) => [name, (view: Record<string, unknown>) => String(view[name])]),
  );
  const found = orderItems(filterItems(views, query.filter, fields), query.order_by, fields);
  return paginate(found, query, JSON.stringify([path, query.filter, query.order_by]), api.paging);
}

function templateFor(provider: ProviderRecord, wish: Template | undefined): Template {
  const only = provider.templates.length === 1 ? provider.templates[0] : undefined;
  const template = wish ?? only;
  if (template === undefined) {
    throw invalidArgument(
      'custom_template',
      `Required on a provider with several templates (${provider.templates.join(', ')})`,
    );
  }
  if (!provider.templates.includes(template)) {
    throw invalidArgument('custom_template', `Not a template of this provider (${template})`);
  }
  return template;
}

function create(request: ApiRequest, api: Api): unknown {
  const provider = providerOf(request, api);
  const { id, name, custom_template } = parseBody(newDataSourceBody, request.body);
  refuseOtherIds({ id }, request);
  refuseDeleting(provider, 'provider');
  if (api.store.dataSources(provider.id).some((dataSource) => dataSource.name === name)) {
    throw invalidArgument('name', `Data source with the same name already exists (${name})`);
  }
  const at = api.now().toISOString();
  const dataSource: DataSourceRecord = {
    id: api.newId(),
    providerId: provider.id,
    name,
    template: templateFor(provider, custom_template),
    createdAt: at,
    updatedAt: at,
    pushes: [],
  };
  api.store.putDataSource(dataSource);
  return { value: dataSourceView(dataSource, api.now()) };
}

function remove(request: ApiRequest, api: Api): unknown {
  const dataSource = dataSourceOf(request, api);
  if (dataSource.deletedAt === undefined) {
    api.store.putDataSource({ ...dataSource, deletedAt: new Date(api.now().getTime() + api.deletionMs).toISOString() });
  }
  return {};
}

/** Data sources of a provider, and the list over all providers (reference 2.4). */
export const dataSourceRoutes: readonly Route[] = [
  {
    method: 'GET',
    url: paths.allDataSources,
    handle: (request, api) => listOf(api.store.dataSources(), request, api),
  },
  {
    method: 'GET',
    url: paths.dataSources,
    handle: (request, api) => listOf(api.store.dataSources(providerOf(request, api).id), request, api),
  },
  { method: 'POST', url: paths.dataSources, handle: create },
  {
    method: 'GET',
    url: paths.dataSource,
    handle: (request, api) => ({ value: dataSourceView(dataSourceOf(request, api), api.now()) }),
  },
  { method: 'DELETE', url: paths.dataSource, handle: remove },
];
