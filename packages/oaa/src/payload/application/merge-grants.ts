import { foldKey } from '../keys.ts';
import { identityGrants } from './identity-grants.ts';
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
    merged.set(key, identityGrants(known.identity, known.identity_type, permissions, roles) ?? known);
  }
  return merged.values();
}
