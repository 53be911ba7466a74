import type { GroupMember, StoredResource } from '../../directory/directory.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { applySelection } from '../../protocol/selection/select-attributes.ts';
import { Refusal } from '../refusal.ts';
import type { Locate } from './locate.ts';
import { headOf, metaOf } from './resource-parts.ts';
import type { View } from './view.ts';
import { openText } from './whole-text.ts';

/** Members that are read at once. */
const pageSize = 1000;

/**
 * The JSON of a group in pieces. Members are read page by page while they are written, and only if they are shown.
 *
 * The pages are not one snapshot: a member that comes or goes meanwhile may be in or out. The version is from before the
 * first page, so whoever acts on what is shown with `If-Match` is refused if anything changed since.
 */
export async function* groupPieces(group: StoredResource, view: View): AsyncGenerator<string> {
  const { plan, locate, isWhole } = view;
  // Never empty: `schemas` and `id` are in every answer (RFC 7643 s7 "returned").
  yield isWhole(group) ? openText(group) : JSON.stringify(applySelection(headOf(group), plan)).slice(0, -1);
  if (plan.has('members')) yield* memberPieces(group, view);
  const tail = JSON.stringify(applySelection({ meta: metaOf(group, locate) }, plan));
  yield tail === '{}' ? '}' : `,${tail.slice(1)}`;
}

async function* memberPieces(group: StoredResource, view: View): AsyncGenerator<string> {
  const { directory, locate, plan } = view;
  let opened = false;
  let page: readonly GroupMember[] = [];
  do {
    page = await directory.members(group.id, page.at(-1)?.id, pageSize);
    const { members = [] } = applySelection({ members: page.map((member) => memberOf(member, locate)) }, plan);
    const list = JSON.stringify(members).slice(1, -1);
    if (list === '') continue;
    yield `${opened ? ',' : ',"members":['}${list}`;
    opened = true;
  } while (page.length === pageSize);
  if (page.length === 0) await checkStillThere(group, view);
  if (opened) yield ']';
}

/**
 * The members of a group go with it when it is deleted, so only a last page without any can be behind a deletion. What was
 * read until then is not the state of any time: the request fails; where part of the answer is sent already, it breaks off.
 */
async function checkStillThere(group: StoredResource, { directory }: View): Promise<void> {
  if ((await directory.get('Group', group.id)) !== undefined) return;
  throw new Refusal(503, undefined, 'A group was deleted while it was read; repeat the request.', {
    'retry-after': '1',
  });
}

/** RFC 7643 s4.2. */
function memberOf({ id, kind, display }: GroupMember, locate: Locate): ScimObject {
  return { value: id, $ref: locate(kind, id), type: kind, ...(display !== undefined && { display }) };
}
