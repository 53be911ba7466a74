import { formatEtag, requireIfMatch } from '../../protocol/etag/etag.ts';
import type { Answer } from '../answers/answer.ts';
import type { Exchange } from './exchange.ts';
import type { ResourceEndpoint } from './resource-endpoint.ts';

/** Deletes a resource; a second time it is unknown. RFC 7644 s3.6. */
export async function deleteResource(exchange: Exchange, { kind }: ResourceEndpoint): Promise<Answer> {
  const { id, directory, headers, context } = exchange;
  await directory.delete(kind, id, ({ version }) => requireIfMatch(headers['if-match'], formatEtag(version)), context);
  return { status: 204 };
}
