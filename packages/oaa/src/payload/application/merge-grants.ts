import { foldKey } from '../keys.ts';
import type { WireIdentityToPermissions } from './wire.ts';

/**
 * One entry for each identity, also where it has grants in several applications: the tenant may keep only one. The first
 * entry of an identity gives its place and its spelling.
 */
export function mergeGrants(entries: Iterable<WireIdentityToPermissions>): Iterable<WireIdentityToPermissions> {
  const merged = new Map<string, WireIdentityToPermissions>();
  for (const entry of entries) {
    const key = `${entry.identity_type} ${foldKey(entry.identity)}`;
    const known = merged.get(key);
    if (known === undefined) {
      merged.set(key, entry);
      continue;
    }
    const permissions = [...(known.application_permissions ?? []), ...(entry.application_permissions ?? [])];
    const roles = [...(known.role_assignments ?? []), ...(entry.role_assignments ?? [])];
    merged.set(key, {
      identity: known.identity,
      identity_type: known.identity_type,
      ...(permissions.length > 0 ? { application_permissions: permissions } : {}),
      ...(roles.length > 0 ? { role_assignments: roles } : {}),
    });
  }
  return merged.values();
}
