import { KeyMap } from '../../payload/keys.ts';
import type { ApplicationLedger, Ledger, ReferenceOrigin } from './ledger/ledger.ts';
import type { MappingProblems } from './mapping-problems.ts';
import type { Mapping } from './mapping-schema.ts';
import { mappingPath } from './run-problems.ts';

const side: ReferenceOrigin = { column: undefined, unknown: 'error' };

/** Permissions that the mapping itself describes; a row may not describe them differently. */
export function definePermissions(mapping: Mapping, ledger: Ledger, problems: MappingProblems): void {
  for (const [index, permission] of (mapping.permissions ?? []).entries()) {
    const at = ['permissions', index, 'name'];
    const slot = ledger.permissions.slot(permission.name);
    if (ledger.permissions.isDefined(slot)) {
      problems.add(at, `The permission "${permission.name}" is described twice.`, 'Take one of them out.');
      continue;
    }
    const wire = {
      name: permission.name,
      permission_type: [...new Set(permission.effects)],
      apply_to_sub_resources: permission.applyToSubResources ?? false,
      resource_types: [...new Set(permission.resourceTypes)],
    };
    const place = { source: -1, line: problems.lineOf(at) };
    ledger.permissions.define(slot, permission.name, JSON.stringify(wire), false, place);
  }
}

/**
 * Roles that the mapping describes, to be entered into an application once all rows were read: those that a row
 * describes are left alone.
 */
export function compileRoles(
  mapping: Mapping,
  ledger: Ledger,
  problems: MappingProblems,
): (application: ApplicationLedger) => void {
  const known = new KeyMap<string>();
  const steps = (mapping.roles ?? []).map(({ id, name, permissions = [] }, index) => {
    const at = ['roles', index];
    const key = id ?? name;
    if (known.has(key)) problems.add(at, `The role "${key}" is described twice.`, 'Take one of them out.');
    known.set(key, name);
    const line = problems.lineOf(at);
    const text = JSON.stringify(id === undefined ? { name } : { id, name });
    const links = permissions.map((permission, position) => {
      const path = [...at, 'permissions', position];
      const origin = ledger.addOrigin({ source: -1, path: mappingPath(path), from: side, to: side, target: side });
      return { permission, origin, line: problems.lineOf(path) };
    });
    return ({ roles, rolePermissions }: ApplicationLedger) => {
      const slot = roles.slot(key);
      if (roles.isDefined(slot)) return;
      roles.define(slot, key, text, id !== undefined, { source: -1, line });
      for (const link of links) {
        rolePermissions.push(slot, ledger.permissions.slot(link.permission), link.origin, link.line);
      }
    };
  });
  return (application) => {
    for (const step of steps) step(application);
  };
}
