import type { StoredResource } from '../../directory/directory.ts';
import { formatEtag } from '../../protocol/etag/etag.ts';
import type { Answer } from './answer.ts';
import { groupPieces } from './group-pieces.ts';
import { settleBody } from './settle-body.ts';
import { userTexts } from './user-texts.ts';
import type { View } from './view.ts';

/** Answers with one resource: `Location` is its `meta.location`, `ETag` its `meta.version`. RFC 7644 s3.3, s3.14. */
export async function resourceAnswer(status: 200 | 201, resource: StoredResource, view: View): Promise<Answer> {
  const { kind, id, version } = resource;
  const body =
    kind === 'Group' ? await settleBody(groupPieces(resource, view)) : (await userTexts([resource], view)).join();
  return { status, headers: { location: view.locate(kind, id), etag: formatEtag(version) }, body };
}
