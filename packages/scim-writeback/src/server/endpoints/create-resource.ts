import type { NewMember } from '../../directory/directory.ts';
import { normaliseResource } from '../../protocol/resource/normalise-resource.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import type { Answer } from '../answers/answer.ts';
import { resourceAnswer } from '../answers/resource-answer.ts';
import type { Exchange } from './exchange.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import { selectionOf, viewOf } from './selection.ts';
import { splitMembers } from './split-members.ts';
import { writtenByBody } from './written-paths.ts';

/** Makes a resource. RFC 7644 s3.3. */
export async function createResource(exchange: Exchange, endpoint: ResourceEndpoint): Promise<Answer> {
  const { body, directory, context } = exchange;
  const { kind, schema, profile } = endpoint;
  const selection = selectionOf(exchange, endpoint);
  const resource = normaliseResource(body, schema, profile);
  const { attributes, members } = kind === 'Group' ? splitMembers(resource) : { attributes: resource, members: [] };
  const created = await directory.create(
    kind,
    { attributes, ...(kind === 'Group' && { members: members.map(newMember) }) },
    context,
  );
  return resourceAnswer(
    201,
    created,
    viewOf(exchange, endpoint, { ...selection, written: writtenByBody(body, schema) }),
  );
}

function newMember({ value, type }: ScimObject): NewMember {
  return { id: String(value), kind: type === 'User' || type === 'Group' ? type : undefined };
}
