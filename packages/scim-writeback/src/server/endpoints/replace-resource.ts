import { formatEtag, requireIfMatch } from '../../protocol/etag/etag.ts';
import { normaliseResource } from '../../protocol/resource/normalise-resource.ts';
import type { Answer } from '../answers/answer.ts';
import { resourceAnswer } from '../answers/resource-answer.ts';
import type { Exchange } from './exchange.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import { selectionOf, viewOf } from './selection.ts';
import { splitMembers } from './split-members.ts';
import { writtenByBody } from './written-paths.ts';

/** Replaces what a client may write of a resource; a group without `members` has none then. RFC 7644 s3.5.1. */
export async function replaceResource(exchange: Exchange, endpoint: ResourceEndpoint): Promise<Answer> {
  const { id, body, directory, context, headers } = exchange;
  const { kind, schema, profile } = endpoint;
  const selection = selectionOf(exchange, endpoint);
  const { resource } = await directory.update(
    kind,
    id,
    (current) => {
      requireIfMatch(headers['if-match'], formatEtag(current.version));
      const replaced = normaliseResource(body, schema, profile, current.attributes);
      if (kind === 'User') return { attributes: replaced };
      const { attributes, members } = splitMembers(replaced);
      return { attributes, members: [{ replaceAll: true, remove: [], removeMatching: [], add: members }] };
    },
    context,
  );
  return resourceAnswer(
    200,
    resource,
    viewOf(exchange, endpoint, { ...selection, written: writtenByBody(body, schema) }),
  );
}
