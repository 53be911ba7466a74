import { ScimError } from '../../protocol/errors/scim-error.ts';
import { formatEtag, isNotModified } from '../../protocol/etag/etag.ts';
import type { Answer } from '../answers/answer.ts';
import { resourceAnswer } from '../answers/resource-answer.ts';
import type { Exchange } from './exchange.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import { selectionOf, viewOf } from './selection.ts';

/**
 * Answers one resource, or 304 where the client has it as it is. RFC 7644 s3.4.1, s3.14. The version of a user does not
 * count its groups: where these are shown, nothing says that the client has them as they are.
 */
export async function getResource(exchange: Exchange, endpoint: ResourceEndpoint): Promise<Answer> {
  const view = viewOf(exchange, endpoint, selectionOf(exchange, endpoint));
  const resource = await exchange.directory.get(endpoint.kind, exchange.id);
  if (resource === undefined) throw new ScimError(404, undefined, `There is no ${endpoint.kind} with this id.`);
  const etag = formatEtag(resource.version);
  const isVersioned = endpoint.kind === 'Group' || !view.plan.has('groups');
  if (isVersioned && isNotModified(exchange.headers['if-none-match'], etag)) return { status: 304, headers: { etag } };
  if (exchange.headOnly)
    return { status: 200, headers: { location: view.locate(endpoint.kind, resource.id), etag }, body: '' };
  return resourceAnswer(200, resource, view);
}
