import type { Diagnostic, WireIdentityToPermissions } from '@oaa-kit/oaa';
import { quote } from '../protocol/resource/names.ts';
import type { KeyedRow, PlacedRows } from './placed-rows.ts';
import type { Report } from './report.ts';

/**
 * The grants of a base, each with whom it was extracted for. Those of deleted users and groups go with them; those that name
 * nobody of the base are left out: somebody who came to have that key later would be given them.
 */
export function projectGrants(
  grants: readonly WireIdentityToPermissions[],
  users: PlacedRows<KeyedRow>,
  groups: PlacedRows<KeyedRow>,
  report: Report,
): readonly WireIdentityToPermissions[] {
  const projected: WireIdentityToPermissions[] = [];
  for (const [index, entry] of grants.entries()) {
    const rows = rowsOf(entry, users, groups);
    const placed = rows?.named(entry.identity);
    if (rows === undefined || placed?.key === entry.identity) projected.push(entry);
    else if (placed === undefined) report(dangling(entry, index));
    else if (placed.key !== undefined) projected.push({ ...entry, identity: placed.key });
  }
  return projected;
}

/** Identities of the other types are in the base only. */
function rowsOf(
  { identity_type: type }: WireIdentityToPermissions,
  users: PlacedRows<KeyedRow>,
  groups: PlacedRows<KeyedRow>,
): PlacedRows<KeyedRow> | undefined {
  if (type === 'local_user') return users;
  return type === 'local_group' ? groups : undefined;
}

function dangling({ identity, identity_type: type }: WireIdentityToPermissions, index: number): Diagnostic {
  return {
    severity: 'warning',
    code: type === 'local_user' ? 'dangling-user' : 'dangling-group',
    path: `$.identity_to_permissions[${index}].identity`,
    message: `The base grants something to the ${type} ${quote(identity)}, and has none with that key; it is left out.`,
  };
}
