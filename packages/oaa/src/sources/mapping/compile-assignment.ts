import { compileApplication } from './compile-application.ts';
import { compileCondition } from './compile-condition.ts';
import type { MappingPath } from './compile-context.ts';
import { compileGrants } from './compile-grants.ts';
import { compileLink } from './compile-links.ts';
import { compileReferences, type ReferencesSpec } from './compile-references.ts';
import { fillHint, type ItemContext, type ItemStep } from './item-context.ts';
import type { ApplicationLedger, IdentityKind } from './ledger/ledger.ts';
import type { MappingItem } from './mapping-schema.ts';
import { mappingPath } from './run-problems.ts';

type AssignmentSpec = NonNullable<MappingItem['assignment']>;

const holders = {
  user: { kind: 'users', name: 'user' },
  group: { kind: 'groups', name: 'group' },
  accessCredential: { kind: 'credentials', name: 'access credential' },
  idpIdentity: { kind: 'identities', name: 'identity' },
} as const satisfies Record<string, { readonly kind: IdentityKind; readonly name: string }>;

type Holder = keyof typeof holders;

/** A row that says that somebody has something. The somebody is described elsewhere. */
export function compileAssignment(spec: AssignmentSpec, context: ItemContext, path: MappingPath): ItemStep {
  const holder = (Object.keys(holders) as Holder[]).find((key) => spec[key] !== undefined) as Holder;
  return compileGiving(holder, spec[holder] as ReferencesSpec, spec, context, path, [...path, holder]);
}

/** An identity of an identity provider: nothing is known of it but what it is given. */
export function compileIdpIdentity(
  spec: NonNullable<MappingItem['idpIdentity']>,
  context: ItemContext,
  path: MappingPath,
): ItemStep {
  return compileGiving('idpIdentity', spec.name, spec, context, path, [...path, 'name']);
}

type Given = Pick<AssignmentSpec, 'application' | 'when' | 'groups' | 'roles' | 'permissions'>;

function compileGiving(
  holder: Holder,
  names: ReferencesSpec,
  given: Given,
  context: ItemContext,
  path: MappingPath,
  namesPath: MappingPath,
): ItemStep {
  const { kind, name } = holders[holder];
  const { keys, origin } = compileReferences(names, context, namesPath);
  // Nothing describes identities of an identity provider: naming one makes it.
  const own = kind === 'identities' ? { ...origin, unknown: 'create' as const } : origin;
  const holds = compileCondition(given.when, context, [...path, 'when']);
  const applicationOf = compileApplication(given.application, context, path);
  if (given.groups !== undefined && kind !== 'users' && kind !== 'groups') {
    context.problem([...path, 'groups'], 'Only users and groups are members of groups.');
  }
  if ((given.groups ?? given.roles ?? given.permissions) === undefined) {
    context.problem(path, `This gives the ${name} nothing.`, 'Add roles:, permissions: or groups:.');
  }
  const list = (application: ApplicationLedger) =>
    kind === 'groups' ? application.groupGroups : application.userGroups;
  const steps = [
    ...compileLink(given.groups, { list, table: (app) => app.groups, own }, context, [...path, 'groups']),
    ...compileGrants(given, kind, context, path, own),
  ];
  const where = mappingPath(path);
  return (row) => {
    if (!holds(row)) return;
    const application = applicationOf(row);
    if (application === undefined) return;
    const errors = context.problems.errors;
    const named = keys(row);
    let says = false;
    for (const key of named) {
      const slot = application[kind].slot(key);
      for (const step of steps) says = step(row, application, slot) || says;
    }
    if (says || context.problems.errors > errors) return;
    context.report(row, {
      code: 'empty-value',
      column: named.length === 0 ? origin.column : undefined,
      path: where,
      message:
        named.length === 0 ? `The row names no ${name}.` : `The row gives the ${name} ${named.join(', ')} nothing.`,
      hint: fillHint,
    });
  };
}
