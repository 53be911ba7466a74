import { formatEtag, requireIfMatch } from '../../protocol/etag/etag.ts';
import { applyPatch } from '../../protocol/patch/apply-patch.ts';
import { readPatch } from '../../protocol/patch/read-patch.ts';
import type { Answer } from '../answers/answer.ts';
import { locateBelow } from '../answers/locate.ts';
import { resourceAnswer } from '../answers/resource-answer.ts';
import { patchedPart, storedPart } from '../answers/resource-parts.ts';
import type { Exchange } from './exchange.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';
import { selectionOf, viewOf } from './selection.ts';
import { writtenByPatch } from './written-paths.ts';

/** Changes parts of a resource, all or none. The members of a group are changed where they are kept. RFC 7644 s3.5.2. */
export async function patchResource(exchange: Exchange, endpoint: ResourceEndpoint): Promise<Answer> {
  const { id, body, baseUrl, directory, context, headers } = exchange;
  const { kind, schema, profile, paths } = endpoint;
  const selection = selectionOf(exchange, endpoint);
  const operations = readPatch(body);
  const locate = locateBelow(baseUrl, paths);
  const members = kind === 'Group' ? 'elsewhere' : 'loaded';
  const { resource } = await directory.update(
    kind,
    id,
    (current) => {
      requireIfMatch(headers['if-match'], formatEtag(current.version));
      const outcome = applyPatch(patchedPart(current, locate), operations, schema, profile, { members });
      return {
        ...(outcome.changed && { attributes: storedPart(outcome.resource) }),
        members: outcome.memberChanges,
      };
    },
    context,
  );
  const status = kind === 'Group' ? profile.patchAnswer.groups : profile.patchAnswer.users;
  // RFC 7644 s3.5.2: who names attributes gets them.
  if (status === 204 && selection.attributes === undefined) {
    return { status, headers: { etag: formatEtag(resource.version) } };
  }
  return resourceAnswer(
    200,
    resource,
    viewOf(exchange, endpoint, { ...selection, written: writtenByPatch(operations, schema) }),
  );
}
