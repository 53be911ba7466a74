import { RemoteError } from '../errors/index.ts';
import { checkName } from './check-name.ts';
import type { DataSource } from './data-source.ts';
import type { DataSources } from './data-sources.ts';
import { isBeingDeleted } from './is-being-deleted.ts';
import type { Provider } from './provider.ts';
import type { Providers } from './providers.ts';

export interface PushTarget {
  readonly provider: Provider;
  readonly dataSource: DataSource;
  /** Whether the data source was made by this push: it holds nothing yet. */
  readonly dataSourceIsNew: boolean;
}

export interface PushTargetRequest {
  readonly provider: string;
  readonly dataSource: string;
  readonly createProvider?: { readonly template: string } | undefined;
  readonly template?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Somebody else may make the same thing at the same time: a refused creation is looked up once more. */
async function createOrFind<Item>(create: () => Promise<Item>, find: () => Promise<Item | undefined>): Promise<Item> {
  try {
    return await create();
  } catch (error) {
    if (!(error instanceof RemoteError) || error.code !== 'remote-refused') throw error;
    const found = await find();
    if (found === undefined) throw error;
    return found;
  }
}

/** The statuses stand for what the tenant would answer to a push there. */
export function checkProvider(name: string, provider: Provider | undefined): Provider {
  if (provider === undefined) {
    throw new RemoteError('not-found', `The tenant has no provider named "${name}".`, {
      status: 404,
      hint: 'Check the name with: oaa provider list. To make it with this push add --create-provider.',
    });
  }
  if (isBeingDeleted(provider)) {
    throw new RemoteError('remote-refused', `The provider "${name}" is being deleted (state ${provider.state}).`, {
      status: 409,
      hint: 'Wait until it is gone and push again with --create-provider, or use another name.',
    });
  }
  return provider;
}

/**
 * Finds where a push goes, and makes what is missing: the data source always, the provider when asked to.
 *
 * @throws UsageError for names that the tenant would refuse
 * @throws RemoteError `not-found` when the provider is missing and must not be made
 */
export async function findTarget(
  providers: Providers,
  dataSources: DataSources,
  request: PushTargetRequest,
): Promise<PushTarget> {
  const { signal, createProvider } = request;
  checkName('provider', request.provider);
  checkName('data source', request.dataSource);

  const findProvider = (): Promise<Provider | undefined> => providers.find(request.provider, { signal });
  let found = await findProvider();
  if (found === undefined && createProvider !== undefined) {
    const { template } = createProvider;
    found = await createOrFind(() => providers.create({ name: request.provider, template, signal }), findProvider);
  }
  const provider = checkProvider(request.provider, found);

  const findDataSource = (): Promise<DataSource | undefined> =>
    dataSources.find(provider.id, request.dataSource, { signal });
  const template = provider.templates.length > 1 ? (request.template ?? createProvider?.template) : undefined;
  const existing = await findDataSource();
  if (existing !== undefined) return { provider, dataSource: existing, dataSourceIsNew: false };
  let dataSourceIsNew = true;
  const dataSource = await createOrFind(
    () => dataSources.create(provider.id, { name: request.dataSource, template, signal }),
    () => {
      dataSourceIsNew = false;
      return findDataSource();
    },
  );
  return { provider, dataSource, dataSourceIsNew };
}
