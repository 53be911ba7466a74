import { RemoteError } from '@oaa-kit/oaa';
import { printFilter } from '../protocol/filter/print-filter.ts';
import type { Dialect } from './dialects.ts';
import type { Send } from './list-resources.ts';
import { type Endpoint, getRequest, listRequest } from './scim-request.ts';
import { readPage, readResource, type ScimResource } from './scim-resource.ts';

/** `attribute eq "value"`, as `GET /Users?filter=userName eq "jane.doe"` has it. RFC 7644 s3.4.2.2. */
export function equalsFilter(attribute: string, value: string): string {
  return printFilter({
    kind: 'comparison',
    path: { urn: undefined, name: attribute, sub: undefined },
    operator: 'eq',
    value,
  });
}

/**
 * The resource with an id: at its own path, or in a dialect without such paths by a filter.
 *
 * @throws RemoteError `not-found`
 */
export async function readById(send: Send, dialect: Dialect, endpoint: Endpoint, id: string): Promise<ScimResource> {
  if (dialect.readsById) {
    const request = getRequest(endpoint, id);
    return readResource(request, await send(request));
  }
  const request = listRequest(endpoint, { filter: equalsFilter('id', id) });
  const { resources } = readPage(request, await send(request));
  const found = resources.find((resource) => resource.id === id);
  if (found !== undefined) return found;
  throw new RemoteError('not-found', `There is no resource with the id ${JSON.stringify(id)} among ${endpoint}.`, {
    status: 404,
    hint: 'Check the id.',
  });
}
