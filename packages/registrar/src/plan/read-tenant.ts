import { type DataSource, isBeingDeleted, type Provider, type Tenant } from '@oaa-kit/oaa';
import type { TenantDataSource, TenantProvider } from './assemble-plan/index.ts';
import { fingerprintOf } from './fingerprint.ts';
import { inTurns } from './in-turns.ts';

const requestsAtOnce = 4;

function viewOf(provider: Provider): TenantProvider {
  const { id, name, state, templates, raw } = provider;
  return { id, name, state, templates, shown: raw, fingerprint: fingerprintOf(provider) };
}

function dataSourceView(dataSource: DataSource): TenantDataSource {
  const { id, name, raw } = dataSource;
  const { custom_template: template } = raw;
  return {
    id,
    name,
    // A number is a word that we do not know.
    template: typeof template === 'string' && template !== '' && !/^\d+$/.test(template) ? template : undefined,
    isDeleting: isBeingDeleted(dataSource),
  };
}

/**
 * All providers of a tenant: one request per page.
 *
 * @throws RemoteError, CredentialsError, UnreachableError
 */
export async function readProviders(tenant: Tenant, signal?: AbortSignal): Promise<readonly TenantProvider[]> {
  // A provider that moves to another page while the pages are read comes twice.
  const providers = new Map<string, TenantProvider>();
  for await (const provider of tenant.providers.list({ signal })) providers.set(provider.id, viewOf(provider));
  return [...providers.values()];
}

/**
 * Providers by their ids, those that are there: one request each.
 *
 * @throws RemoteError, CredentialsError, UnreachableError
 */
export async function readProvidersById(
  tenant: Tenant,
  ids: readonly string[],
  signal?: AbortSignal,
): Promise<readonly TenantProvider[]> {
  const found = await inTurns(ids, requestsAtOnce, (id) => tenant.providers.get(id, { signal }));
  return found.filter((provider) => provider !== undefined).map(viewOf);
}

/**
 * The data sources of providers by the providers' ids: one request each, or one per page where there are more.
 *
 * @throws RemoteError, CredentialsError, UnreachableError
 */
export async function readDataSources(
  tenant: Tenant,
  providerIds: readonly string[],
  signal?: AbortSignal,
): Promise<ReadonlyMap<string, readonly TenantDataSource[]>> {
  const lists = await inTurns(providerIds, requestsAtOnce, async (id) => {
    const found: TenantDataSource[] = [];
    for await (const dataSource of tenant.dataSources.list(id, { signal })) found.push(dataSourceView(dataSource));
    return [id, found] as const;
  });
  return new Map(lists);
}
