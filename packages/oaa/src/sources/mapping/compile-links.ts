import type { Row } from '../row.ts';
import { compileCondition } from './compile-condition.ts';
import type { MappingPath } from './compile-context.ts';
import { compileTexts, type Reader } from './compile-value.ts';
import { compileProperties, guarded, type ItemContext } from './item-context.ts';
import { onApplication } from './ledger/grant-list.ts';
import type { KeyTable } from './ledger/key-table.ts';
import type { ApplicationLedger, IdentityKind, Origin, ReferenceOrigin } from './ledger/ledger.ts';
import type { LinkList } from './ledger/link-list.ts';
import type { MappingItem } from './mapping-schema.ts';
import { mappingPath } from './run-problems.ts';
import type { UnknownPolicy, ValueSpec } from './value-spec.ts';

export type ReferencesSpec =
  | ValueSpec
  | readonly ValueSpec[]
  | {
      readonly names: ValueSpec | readonly ValueSpec[];
      readonly unknown?: UnknownPolicy | undefined;
      readonly effects?: readonly string[] | undefined;
    };

/** Compiled references: their keys, and what messages need to know. */
export interface References {
  readonly keys: (row: Row) => readonly string[];
  readonly origin: ReferenceOrigin;
}

const none: readonly string[] = [];

export function compileReferences(spec: ReferencesSpec, context: ItemContext, path: MappingPath): References {
  const named = typeof spec === 'object' && 'names' in spec;
  const at = named ? [...path, 'names'] : path;
  const reader: Reader<readonly string[]> = compileTexts(named ? spec.names : spec, context, at);
  const read = guarded(context, reader, at);
  const { column } = reader;
  const { unknown = 'error', effects } = named ? spec : {};
  return { keys: (row) => read(row) ?? none, origin: { column, unknown, effects } };
}

/** The entity that a row is about. */
export const self: ReferenceOrigin = { column: undefined, unknown: 'error' };

/** A step of an item: what a row adds to the entity in `slot`. Returns how many links it made. */
export type LinkStep = (row: Row, application: ApplicationLedger, slot: number) => number;

/** Links between the entity of the row and those that it names. */
export function compileLink(
  spec: ReferencesSpec | undefined,
  context: ItemContext,
  path: MappingPath,
  list: (application: ApplicationLedger) => LinkList,
  table: (application: ApplicationLedger) => KeyTable,
  direction: 'to' | 'from' = 'to',
  otherSide: ReferenceOrigin = self,
): LinkStep | undefined {
  if (spec === undefined) return undefined;
  const { keys, origin } = compileReferences(spec, context, path);
  const number = context.ledger.addOrigin({
    source: context.sourceNumber,
    path: mappingPath(path),
    from: direction === 'to' ? otherSide : origin,
    to: direction === 'to' ? origin : otherSide,
    target: self,
  });
  return (row, application, slot) => {
    const names = keys(row);
    for (const key of names) {
      const other = table(application).slot(key);
      if (direction === 'to') list(application).push(slot, other, number, row.line);
      else list(application).push(other, slot, number, row.line);
    }
    return names.length;
  };
}

type RoleLinks = NonNullable<NonNullable<MappingItem['user']>['roles']>;
type PermissionLinks = NonNullable<NonNullable<MappingItem['user']>['permissions']>;
type On = RoleLinks[number]['on'];

/** The slots of the targets of a grant. */
function compileTargets(
  on: On,
  context: ItemContext,
  path: MappingPath,
): {
  readonly targets: (row: Row, application: ApplicationLedger) => readonly number[];
  readonly origin: ReferenceOrigin;
} {
  if (on === 'application') return { targets: () => [onApplication], origin: self };
  const { keys, origin } = compileReferences(on.resources, context, [...path, 'on', 'resources']);
  return { targets: (row, application) => keys(row).map((key) => application.resources.slot(key)), origin };
}

/** Roles and permissions that the entity of a row, or one that it names, is given. */
export function compileGrants(
  specs: { readonly roles?: RoleLinks | undefined; readonly permissions?: PermissionLinks | undefined },
  kind: IdentityKind,
  context: ItemContext,
  path: MappingPath,
  from: ReferenceOrigin = self,
): LinkStep[] {
  const steps: LinkStep[] = [];
  const add = (
    spec: RoleLinks[number] | PermissionLinks[number],
    subject: ReferencesSpec,
    key: 'role' | 'permission',
    at: MappingPath,
    properties: ((row: Row) => Record<string, unknown> | undefined) | undefined,
  ) => {
    const holds = compileCondition(spec.when, context, [...at, 'when']);
    const subjects = compileReferences(subject, context, [...at, key]);
    const { targets, origin: target } = compileTargets(spec.on, context, at);
    const origin: Origin = {
      source: context.sourceNumber,
      path: mappingPath([...at, key]),
      from,
      to: subjects.origin,
      target,
    };
    const number = context.ledger.addOrigin(origin);
    steps.push((row, application, slot) => {
      if (!holds(row)) return 0;
      const names = subjects.keys(row);
      if (names.length === 0) return 0;
      const places = targets(row, application);
      const values = properties?.(row);
      const text = values === undefined ? -1 : context.ledger.textNumber(JSON.stringify(values));
      const table = key === 'role' ? application.roles : context.ledger.permissions;
      const list = (key === 'role' ? application.roleGrants : application.permissionGrants)[kind];
      for (const name of names) {
        for (const place of places) list.push(slot, table.slot(name), place, text, number, row.line);
      }
      if (places.length === 0) {
        context.problems.add({
          code: 'grant-without-target',
          source: context.sourceNumber,
          line: row.line,
          column: target.column,
          path: mappingPath([...at, 'on']),
          message: `The row gives ${key} ${names.join(', ')} and names no resource to give it on.`,
          hint: 'Fill the column; or take the row out with "when"; on: application gives it on everything.',
        });
      }
      return names.length * places.length;
    });
  };
  specs.roles?.forEach((spec, index) => {
    const at = [...path, 'roles', index];
    add(
      spec,
      spec.role,
      'role',
      at,
      compileProperties(spec.properties, context.schemas.of('roleAssignment'), context, at),
    );
  });
  specs.permissions?.forEach((spec, index) => {
    add(spec, spec.permission, 'permission', [...path, 'permissions', index], undefined);
  });
  return steps;
}
