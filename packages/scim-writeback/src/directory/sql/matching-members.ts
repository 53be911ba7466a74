import type { Kysely } from 'kysely';
import { ScimError } from '../../protocol/errors/scim-error.ts';
import { compileResolvedValueFilter } from '../../protocol/filter/compile-filter.ts';
import type { ResolvedFilter } from '../../protocol/filter/resolved-filter.ts';
import { equalTexts } from '../../protocol/patch/equal-texts.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import type { GroupMember } from '../directory.ts';
import { chunks } from './chunks.ts';
import { readMembers, readMembersAmong } from './read-members.ts';
import type { Scope } from './scope.ts';
import type { Tables } from './tables.ts';

const batchSize = 1000;

/**
 * The ids of the members that a filter matches. One that says which ids it can be about, such as
 * `value eq "a" and type eq "User"`, costs in proportion to these; any other looks at each member.
 *
 * @throws ScimError 400 `invalidFilter` for a filter about `$ref`, which is not kept but made for each answer
 */
export async function matchingMembers(
  db: Kysely<Tables>,
  scope: Scope,
  groupId: string,
  filter: ResolvedFilter,
): Promise<readonly string[]> {
  if (isAboutReference(filter)) {
    throw new ScimError(400, 'invalidFilter', 'Members are not found by their $ref here; use their value.');
  }
  const matches = compileResolvedValueFilter(filter);
  const found: string[] = [];
  for await (const batch of batches(db, scope, groupId, equalTexts(filter)?.texts)) {
    for (const member of batch) if (matches(asValue(member))) found.push(member.id);
  }
  return found;
}

async function* batches(
  db: Kysely<Tables>,
  scope: Scope,
  groupId: string,
  candidates: readonly string[] | undefined,
): AsyncGenerator<readonly GroupMember[]> {
  if (candidates !== undefined) {
    for (const ids of chunks(candidates)) yield readMembersAmong(db, scope, groupId, ids);
    return;
  }
  let last: string | undefined;
  for (;;) {
    const batch = await readMembers(db, scope, groupId, last, batchSize);
    yield batch;
    if (batch.length < batchSize) return;
    last = batch.at(-1)?.id;
  }
}

/** A member as it is in answers, but for `$ref`. RFC 7643 s4.2. */
function asValue({ id, kind, display }: GroupMember): ScimObject {
  return Object.assign(Object.create(null), { value: id, type: kind }, display !== undefined && { display });
}

function isAboutReference(filter: ResolvedFilter): boolean {
  switch (filter.kind) {
    case 'constant':
      return false;
    case 'not':
      return isAboutReference(filter.operand);
    case 'and':
    case 'or':
      return filter.operands.some(isAboutReference);
    case 'value-path':
      return isAboutReference(filter.filter);
    default:
      return filter.path.sub?.name === '$ref' || (filter.selection !== undefined && isAboutReference(filter.selection));
  }
}
