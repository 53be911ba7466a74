import type { Row } from '../row.ts';
import { compileProperties } from './compile-attachments.ts';
import { compileCondition } from './compile-condition.ts';
import type { MappingPath } from './compile-context.ts';
import type { LinkStep } from './compile-links.ts';
import { compileReferences, self } from './compile-references.ts';
import type { ItemContext } from './item-context.ts';
import { onApplication } from './ledger/grant-list.ts';
import type { ApplicationLedger, IdentityKind, ReferenceOrigin } from './ledger/ledger.ts';
import type { MappingItem } from './mapping-schema.ts';
import { mappingPath } from './run-problems.ts';

type RoleLink = NonNullable<NonNullable<MappingItem['user']>['roles']>[number];
type PermissionLink = NonNullable<NonNullable<MappingItem['user']>['permissions']>[number];

interface Targets {
  /** The slots of the targets. */
  readonly of: (row: Row, application: ApplicationLedger) => readonly number[];
  readonly origin: ReferenceOrigin;
}

const everywhere = [onApplication];

function compileTargets(on: RoleLink['on'], context: ItemContext, path: MappingPath): Targets {
  if (on === 'application') return { of: () => everywhere, origin: self };
  const at = [...path, 'on', 'resources'];
  const { keys, origin } = compileReferences(on.resources, context, at);
  if (origin.unknown === 'create') {
    context.problem(
      [...at, 'unknown'],
      'Resources are not made from a name alone: they have a type.',
      'Describe them with a resource: item; or say unknown: warning to leave the grant out.',
    );
  }
  return { of: (row, application) => keys(row).map((key) => application.resources.slot(key)), origin };
}

function compileGrant(
  link: RoleLink | PermissionLink,
  kind: IdentityKind,
  own: ReferenceOrigin,
  context: ItemContext,
  path: MappingPath,
): LinkStep {
  const subject = 'role' in link ? 'role' : 'permission';
  const at = [...path, subject];
  const holds = compileCondition(link.when, context, [...path, 'when']);
  const { keys, origin: to } = compileReferences('role' in link ? link.role : link.permission, context, at);
  const targets = compileTargets(link.on, context, path);
  const properties =
    'role' in link
      ? compileProperties(link.properties, context.schemas.of('roleAssignment'), context, path)
      : undefined;
  const { ledger, problems } = context;
  const number = ledger.addOrigin({
    source: context.sourceNumber,
    path: mappingPath(at),
    from: own,
    to,
    target: targets.origin,
  });
  const where = mappingPath([...path, 'on']);
  return (row, application, slot) => {
    if (!holds(row)) return true;
    const errors = problems.errors;
    const names = keys(row);
    if (names.length === 0) return problems.errors > errors;
    const places = targets.of(row, application);
    if (places.length === 0 && problems.errors === errors) {
      context.report(row, {
        code: 'grant-without-target',
        column: targets.origin.column,
        path: where,
        message: `The row gives the ${subject} ${names.join(', ')} and names no resource to give it on.`,
        hint: 'Fill the column; or take the row out with "when"; on: application gives it on everything.',
      });
    }
    const values = properties?.(row);
    const text = values === undefined ? -1 : ledger.textNumber(JSON.stringify(values));
    const table = subject === 'role' ? application.roles : ledger.permissions;
    const list = (subject === 'role' ? application.roleGrants : application.permissionGrants)[kind];
    for (const name of names) {
      for (const place of places) list.push(slot, table.slot(name), place, text, number, row.line);
    }
    return true;
  };
}

/** Roles and permissions that the entity of a row, or one that it names, is given. */
export function compileGrants(
  {
    roles = [],
    permissions = [],
  }: { readonly roles?: RoleLink[] | undefined; readonly permissions?: PermissionLink[] | undefined },
  kind: IdentityKind,
  context: ItemContext,
  path: MappingPath,
  own: ReferenceOrigin = self,
): LinkStep[] {
  return [
    ...roles.map((link, index) => compileGrant(link, kind, own, context, [...path, 'roles', index])),
    ...permissions.map((link, index) => compileGrant(link, kind, own, context, [...path, 'permissions', index])),
  ];
}
