import { RemoteError } from '@oaa-kit/oaa';
import { member } from '../client/json.ts';
import { equalsFilter } from '../client/read-by-id.ts';
import { type Endpoint, listRequest } from '../client/scim-request.ts';
import { readPage, type ScimResource, unexpectedAnswer } from '../client/scim-resource.ts';
import { foldCase } from '../protocol/text/fold-case.ts';
import type { ActionSession } from './action-session.ts';

/**
 * The one resource whose attribute has a value, or undefined when there is none:
 * `GET /Users?filter=userName eq "jane.doe"`. Both attributes are compared without regard to case (RFC 7643 s4.1.1, s4.2).
 *
 * The answer is looked at again: a service that takes no heed of the filter answers with everybody, and the first of them
 * would be changed.
 *
 * @throws RemoteError `response-invalid` for an answer with others, `name-ambiguous` when there are several
 */
export async function findOne(
  { read }: Pick<ActionSession, 'read'>,
  endpoint: Endpoint,
  attribute: 'userName' | 'displayName',
  value: string,
): Promise<ScimResource | undefined> {
  const request = listRequest(endpoint, { filter: equalsFilter(attribute, value) });
  const answer = await read(request);
  const { resources, totalResults } = readPage(request, answer);
  const matches = (resource: ScimResource): boolean => {
    const name = member(resource.attributes, attribute);
    return typeof name === 'string' && foldCase(name) === foldCase(value);
  };
  if (!resources.every(matches)) {
    throw unexpectedAnswer(request, `holds others than the filter on ${attribute} asks for`, answer.status);
  }
  if (resources.length === 0 && totalResults > 0) {
    throw unexpectedAnswer(request, `speaks of ${totalResults} resources and shows none`, answer.status);
  }
  if (resources.length <= 1 && totalResults <= 1) return resources[0];
  throw new RemoteError('name-ambiguous', `There are several ${endpoint} with this ${attribute}.`, {
    status: answer.status,
    hint: 'Name the one that is meant by its id.',
  });
}
