import { filterItems, type ListFields, orderItems } from '../list-filter.ts';
import { paginate } from '../pagination.ts';
import { parseBody } from '../parse-body.ts';
import type { ProviderRecord } from '../records.ts';
import { invalidArgument } from '../refusals.ts';
import { providerOf, refuseDeleting, refuseOtherIds } from './look-up.ts';
import { newProviderBody, providerChangesBody } from './provider-body.ts';
import { providerView } from './provider-view.ts';
import { type Api, type ApiRequest, paths, type Route } from './route.ts';

const fields: ListFields<ProviderRecord> = {
  id: ({ id }) => id,
  name: ({ name }) => name,
  state: ({ deletedAt }) => (deletedAt === undefined ? 'ENABLED' : 'DELETING'),
  custom_template: ({ templates }) => templates,
};

function view(provider: ProviderRecord, api: Api): Record<string, unknown> {
  return providerView(provider, api.store.dataSources(provider.id));
}

/** A name is taken as long as its provider exists, which includes the time of its deletion. */
function refuseTakenName(name: string, ownId: string | undefined, api: Api): void {
  if (api.store.providers().some((provider) => provider.name === name && provider.id !== ownId)) {
    throw invalidArgument('name', `Provider with the same name already exists (${name})`);
  }
}

function list({ path, query }: ApiRequest, api: Api): unknown {
  const found = orderItems(filterItems(api.store.providers(), query.filter, fields), query.order_by, fields);
  const page = paginate(found, query, JSON.stringify([path, query.filter, query.order_by]), api.paging);
  return { ...page, values: page.values.map((provider) => view(provider, api)) };
}

function create(request: ApiRequest, api: Api): unknown {
  const { name, custom_template, custom_templates, ...settings } = parseBody(newProviderBody, request.body);
  refuseTakenName(name, undefined, api);
  const templates = custom_templates ?? (custom_template === undefined ? [] : [custom_template]);
  const provider: ProviderRecord = {
    id: api.newId(),
    name,
    templates: [...new Set(templates)],
    createdAt: api.now().toISOString(),
    settings,
  };
  api.store.putProvider(provider);
  return { value: view(provider, api) };
}

function change(request: ApiRequest, api: Api): unknown {
  const provider = providerOf(request, api);
  const { id, name = provider.name, ...changes } = parseBody(providerChangesBody, request.body);
  refuseOtherIds({ id }, request);
  refuseDeleting(provider, 'provider');
  refuseTakenName(name, provider.id, api);
  const changed: ProviderRecord = { ...provider, name, settings: { ...provider.settings, ...changes } };
  api.store.putProvider(changed);
  return { value: view(changed, api) };
}

function remove(request: ApiRequest, api: Api): unknown {
  const provider = providerOf(request, api);
  if (provider.deletedAt === undefined) {
    api.store.putProvider({ ...provider, deletedAt: new Date(api.now().getTime() + api.deletionMs).toISOString() });
  }
  return {};
}

/** Providers: list, get, create, change, delete (reference 2.3). */
export const providerRoutes: readonly Route[] = [
  { method: 'GET', url: paths.providers, handle: list },
  { method: 'POST', url: paths.providers, handle: create },
  { method: 'GET', url: paths.provider, handle: (request, api) => ({ value: view(providerOf(request, api), api) }) },
  { method: 'PATCH', url: paths.provider, handle: change },
  { method: 'DELETE', url: paths.provider, handle: remove },
];
