import { didYouMean, RemoteError } from '../../errors/index.ts';
import type { Provider, Tenant } from '../../tenant/index.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * The provider that a person calls by its name or its id. Names win, as they are what people give.
 *
 * @throws {RemoteError} `not-found`, with the name that was probably meant.
 */
export async function findProvider(tenant: Tenant, nameOrId: string, signal: AbortSignal): Promise<Provider> {
  const byName = await tenant.providers.find(nameOrId, { signal });
  if (byName !== undefined) return byName;
  const byId = uuid.test(nameOrId) ? await tenant.providers.get(nameOrId, { signal }) : undefined;
  if (byId !== undefined) return byId;
  const names: string[] = [];
  for await (const { name } of tenant.providers.list({ signal })) names.push(name);
  const meant = didYouMean(nameOrId, names);
  throw new RemoteError('not-found', `${tenant.url} has no provider with the name or id "${nameOrId}".${meant}`, {
    status: 404,
    hint: '`oaa provider list` shows all providers that this API key may see.',
  });
}
