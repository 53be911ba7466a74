import { didYouMean } from '../../../errors/nearest-name.ts';
import { findCycles } from '../../../payload/cycles.ts';
import type { DiagnosticCode } from '../../../payload/diagnostics.ts';
import { quoted } from '../fault.ts';
import type { RunProblems } from '../run-problems.ts';
import { checkAssignmentProperties } from './check-assignment-properties.ts';
import { onApplication } from './grant-list.ts';
import type { KeyTable } from './key-table.ts';
import { type ApplicationLedger, identityKinds, type Ledger, type Origin, type ReferenceOrigin } from './ledger.ts';
import type { LinkList } from './link-list.ts';

const suggestionKeys = 500;
const shownMembers = 6;

const codes: Readonly<Record<string, DiagnosticCode>> = {
  user: 'dangling-user',
  group: 'dangling-group',
  role: 'dangling-role',
  permission: 'dangling-permission',
  resource: 'dangling-resource',
  'access credential': 'dangling-credential',
};

/** The entity that is made for a reference that names nothing. */
function madeFor(
  subject: string,
  key: string,
  effects: readonly string[] = ['Uncategorized'],
): Record<string, unknown> | undefined {
  switch (subject) {
    case 'permission':
      return { name: key, permission_type: effects, apply_to_sub_resources: false, resource_types: [] };
    case 'access credential':
      return { id: key, name: key, is_active: true };
    case 'resource':
      return undefined;
    default:
      return { name: key };
  }
}

/** Makes sure that an application's references lead somewhere, as the mapping says for those that do not. */
class Resolver {
  readonly #ledger: Ledger;
  readonly #application: ApplicationLedger;
  readonly #problems: RunProblems;
  readonly #partial: boolean;
  readonly #suggestions: { left: number };

  constructor(
    ledger: Ledger,
    application: ApplicationLedger,
    problems: RunProblems,
    partial: boolean,
    suggestions: { left: number },
  ) {
    this.#ledger = ledger;
    this.#application = application;
    this.#problems = problems;
    this.#partial = partial;
    this.#suggestions = suggestions;
  }

  origin(number: number): Origin {
    return this.#ledger.origins[number] as Origin;
  }

  /** Whether the link with this end stands. `number` is that of its origin. */
  check(table: KeyTable, slot: number, side: ReferenceOrigin, number: number, line: number): boolean {
    if (table.isDefined(slot)) return true;
    const key = table.key(slot);
    const origin = this.origin(number);
    if (side.unknown === 'create') {
      const wire = madeFor(table.subject, key, side.effects);
      if (wire !== undefined) {
        table.define(slot, key, JSON.stringify(wire), wire.id !== undefined, { source: origin.source, line });
        if (table === this.#application.roles && side.effects !== undefined) {
          // The same origin says that the permission may be made, too, and with what meaning.
          this.#application.rolePermissions.push(slot, this.#ledger.permissions.slot(key), number, line);
        }
        return true;
      }
    }
    if (this.#partial) return true;
    this.#problems.add({
      severity: side.unknown === 'warning' ? 'warning' : 'error',
      code: codes[table.subject] ?? 'dangling-user',
      source: origin.source,
      line,
      column: side.column,
      path: origin.path,
      message: `There is no ${table.subject} ${quoted(key)}.${this.#suggestion(table, key)}`,
      hint:
        side.unknown === 'warning'
          ? 'What refers to it is left out.'
          : 'Describe it in a source; or say what to do: { names: ..., unknown: warning } leaves the reference out, create makes it.',
    });
    return false;
  }

  #suggestion(table: KeyTable, key: string): string {
    if (this.#suggestions.left <= 0) return '';
    this.#suggestions.left -= 1;
    return didYouMean(key, table.definedKeys(suggestionKeys));
  }

  links(list: LinkList, from: KeyTable, to: KeyTable): void {
    for (let index = 0; index < list.length; index += 1) {
      const number = list.origin(index);
      const origin = this.origin(number);
      const line = list.line(index);
      const stands = this.check(from, list.from(index), origin.from, number, line);
      if (!this.check(to, list.to(index), origin.to, number, line) || !stands) list.drop(index);
    }
  }

  grants(): void {
    const application = this.#application;
    for (const kind of identityKinds) {
      for (const [list, subjects] of [
        [application.permissionGrants[kind], this.#ledger.permissions],
        [application.roleGrants[kind], application.roles],
      ] as const) {
        for (let index = 0; index < list.length; index += 1) {
          const number = list.origin(index);
          const origin = this.origin(number);
          const line = list.line(index);
          const target = list.target(index);
          const checks = [
            this.check(application[kind], list.from(index), origin.from, number, line),
            this.check(subjects, list.subject(index), origin.to, number, line),
            target === onApplication || this.check(application.resources, target, origin.target, number, line),
          ];
          if (checks.includes(false)) list.drop(index);
        }
      }
    }
  }

  /** Nothing may contain itself, directly or over others. */
  nesting(list: LinkList, table: KeyTable): void {
    if (list.length === 0) return;
    const targets: number[][] = Array.from({ length: table.slots }, () => []);
    for (let index = 0; index < list.length; index += 1) {
      const [from, to] = [list.from(index), list.to(index)];
      if (to < 0) continue;
      const origin = this.origin(list.origin(index));
      if (from === to) {
        this.#problems.add({
          code: 'self-membership',
          source: origin.source,
          line: list.line(index),
          column: origin.to.column,
          path: origin.path,
          message: `The ${table.subject} ${quoted(table.key(from))} names itself.`,
          hint: 'Take the reference out of the row.',
        });
      } else (targets[from] as number[]).push(to);
    }
    const cycles = findCycles(targets);
    if (cycles.length === 0) return;
    const links = list.bySource(table.slots);
    for (const cycle of cycles) {
      const members = new Set(cycle);
      const first = cycle[0] as number;
      const index = links.of(first).find((link) => members.has(list.to(link))) as number;
      const origin = this.origin(list.origin(index));
      const names = cycle.slice(0, shownMembers).map((slot) => quoted(table.key(slot)));
      const more = cycle.length > shownMembers ? ` and ${cycle.length - shownMembers} more` : '';
      this.#problems.add({
        code: 'cycle',
        source: origin.source,
        line: list.line(index),
        column: origin.to.column,
        path: origin.path,
        message: `These ${table.subject}s contain each other in a circle: ${names.join(', ')}${more}.`,
        hint: 'Take one of the references out of its row.',
      });
    }
  }

  /** Parents that no row describes. */
  impliedResources(): void {
    const { resources, impliedResources } = this.#application;
    for (const [slot, { segment, type, origin: number, line }] of impliedResources) {
      if (resources.isDefined(slot)) continue;
      const origin = this.origin(number);
      if (type !== undefined || this.#partial) {
        const text = JSON.stringify({ name: segment, resource_type: type ?? 'unknown' });
        resources.define(slot, resources.key(slot), text, false, { source: origin.source, line });
        continue;
      }
      this.#problems.add({
        code: 'dangling-resource',
        source: origin.source,
        line,
        column: origin.to.column,
        path: origin.path,
        message: `No row describes the resource ${quoted(resources.key(slot))}, which is a parent here.`,
        hint: 'Describe it in a row, or say of which type parents are: parentTypes: [...].',
      });
    }
  }
}

/**
 * Resolves everything that rows refer to, once all rows were read: forward references are fine. What leads nowhere is
 * reported, left out or made, as the mapping says.
 *
 * @param partial rows were left out on purpose: what a reference names may be among them, so it stands as it is
 */
export function resolveLedger(ledger: Ledger, problems: RunProblems, partial: boolean): void {
  const suggestions = { left: 50 };
  for (const application of ledger.applications) {
    const resolver = new Resolver(ledger, application, problems, partial, suggestions);
    const { users, groups, roles, credentials } = application;
    resolver.impliedResources();
    resolver.links(application.userGroups, users, groups);
    resolver.links(application.userCredentials, users, credentials);
    resolver.links(application.groupGroups, groups, groups);
    resolver.links(application.roleRoles, roles, roles);
    resolver.grants();
    // Behind the grants, which may make roles with a permission.
    resolver.links(application.rolePermissions, roles, ledger.permissions);
    resolver.nesting(application.groupGroups, groups);
    resolver.nesting(application.roleRoles, roles);
    checkAssignmentProperties(ledger, application, problems);
  }
}
