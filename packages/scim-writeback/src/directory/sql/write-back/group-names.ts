import type { Kysely } from 'kysely';
import { ScimError } from '../../../protocol/errors/scim-error.ts';
import { foldCase } from '../../../protocol/text/fold-case.ts';
import { compileOnce } from '../compile-once.ts';
import type { Scope } from '../scope.ts';
import type { Tables } from '../tables.ts';
import type { AttributeDelta, UniqueValue } from './intent-effect.ts';

type OfOrganization = Pick<Scope, 'organization'>;

const selectLastKeys = compileOnce((db, given: { organization: string }) =>
  db
    .selectFrom('bases')
    .select('names_are_keys')
    .where('organization', '=', given.organization)
    .orderBy('generation', 'desc')
    .limit(1),
);

const selectNamesake = compileOnce((db, given: { organization: string; name: string; id: string }) =>
  db
    .selectFrom('resources')
    .select('id')
    .where('organization', '=', given.organization)
    .where('kind', '=', 'Group')
    .where('display_name', '=', given.name)
    .where('id', '!=', given.id)
    .limit(1),
);

/** The name of a group as a value that no two groups have, where it is their key. */
export function groupNameValue(displayName: string): Pick<UniqueValue, 'attribute' | 'value'> {
  return { attribute: 'displayName', value: foldCase(displayName) };
}

/**
 * Where the application knows its groups by their names, two of one name would be one to it, and nobody could say any more
 * whose the row of a base is. Elsewhere names of groups may repeat (RFC 7643 s4.2 asks for nothing else).
 *
 * @param id of the group
 * @param changes of its attributes
 * @returns the name that it gets, as a value that nobody else may have as long as it does not have it; none elsewhere
 * @throws ScimError 409 `uniqueness` where another group has the name
 */
export async function nameAsKey(
  db: Kysely<Tables>,
  { organization }: OfOrganization,
  id: string,
  { displayName }: AttributeDelta,
): Promise<readonly UniqueValue[]> {
  if (typeof displayName !== 'string') return [];
  const [last] = await selectLastKeys(db, { organization });
  if (last?.names_are_keys !== 1) return [];
  const name = groupNameValue(displayName);
  const namesakes = await selectNamesake(db, { organization, name: name.value, id });
  if (namesakes.length === 0) return [{ kind: 'Group', ...name, id }];
  throw new ScimError(
    409,
    'uniqueness',
    'Another Group has the same displayName, which has to be unique: the application knows its groups by their names.',
  );
}
