import { compileCondition } from './compile-condition.ts';
import type { MappingPath } from './compile-context.ts';
import type { ItemStep } from './compile-entity.ts';
import { compileGrants, compileLink, compileReferences, type LinkStep, type ReferencesSpec } from './compile-links.ts';
import { compileApplication, type ItemContext } from './item-context.ts';
import type { KeyTable } from './ledger/key-table.ts';
import type { ApplicationLedger, IdentityKind } from './ledger/ledger.ts';
import type { MappingItem } from './mapping-schema.ts';
import { mappingPath } from './run-problems.ts';

type AssignmentSpec = NonNullable<MappingItem['assignment']>;

const holders = {
  user: 'users',
  group: 'groups',
  accessCredential: 'credentials',
  idpIdentity: 'identities',
} as const satisfies Record<string, IdentityKind>;

/** A row that says only that somebody has something: the somebody is described elsewhere. */
export function compileAssignment(spec: AssignmentSpec, context: ItemContext, path: MappingPath): ItemStep {
  const where = mappingPath(path);
  const holder = (Object.keys(holders) as (keyof typeof holders)[]).find(
    (key) => spec[key] !== undefined,
  ) as keyof typeof holders;
  const kind = holders[holder];
  const table = (application: ApplicationLedger): KeyTable => application[kind];
  const { keys, origin } = compileReferences(spec[holder] as ReferencesSpec, context, [...path, holder]);
  // Nothing describes identities of an identity provider: naming one makes it.
  const from = kind === 'identities' ? { ...origin, unknown: 'create' as const } : origin;
  const holds = compileCondition(spec.when, context, [...path, 'when']);
  const applicationOf = compileApplication(spec.application, context, path);
  const groupList =
    kind === 'groups' ? (app: ApplicationLedger) => app.groupGroups : (app: ApplicationLedger) => app.userGroups;
  if (spec.groups !== undefined && kind !== 'users' && kind !== 'groups') {
    context.problem([...path, 'groups'], 'Only users and groups are members of groups.');
  }
  const steps: LinkStep[] = [
    compileLink(spec.groups, context, [...path, 'groups'], groupList, (app) => app.groups, 'to', from),
    ...compileGrants(spec, kind, context, path, from),
  ].filter((step) => step !== undefined);
  return (row) => {
    if (!holds(row)) return;
    const application = applicationOf(row);
    if (application === undefined) return;
    const errors = context.problems.errors;
    const names = keys(row);
    let made = 0;
    for (const name of names) {
      const slot = table(application).slot(name);
      for (const step of steps) made += step(row, application, slot);
    }
    if (made > 0 || context.problems.errors > errors) return;
    context.problems.add({
      code: 'empty-value',
      source: context.sourceNumber,
      line: row.line,
      column: names.length === 0 ? origin.column : undefined,
      path: where,
      message: names.length === 0 ? `The row names no ${holder}.` : `The row gives ${names.join(', ')} nothing.`,
      hint: 'Fill the columns; or leave such rows out: when: { column: ..., empty: false }.',
    });
  };
}
