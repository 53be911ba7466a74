import { differences } from '../define-entity.ts';
import { quoted } from '../fault.ts';
import type { RunProblems } from '../run-problems.ts';
import type { GrantList } from './grant-list.ts';
import { type ApplicationLedger, type IdentityKind, identityKinds, type Ledger, type Origin } from './ledger.ts';

type Properties = Readonly<Record<string, unknown>>;

function checkKind(
  ledger: Ledger,
  application: ApplicationLedger,
  kind: IdentityKind,
  list: GrantList,
  problems: RunProblems,
): void {
  const { roles } = application;
  const identities = application[kind];
  /** The first assignment with properties, by identity and role. */
  const firsts = new Map<number, number>();
  for (let index = 0; index < list.length; index += 1) {
    if (list.properties(index) < 0 || list.isDropped(index)) continue;
    const key = list.from(index) * roles.slots + list.subject(index);
    const first = firsts.get(key) ?? index;
    firsts.set(key, first);
    if (list.properties(first) === list.properties(index)) continue;
    const before = JSON.parse(ledger.text(list.properties(first))) as Properties;
    const later = JSON.parse(ledger.text(list.properties(index))) as Properties;
    const shared = Object.fromEntries(Object.entries(later).filter(([name]) => Object.hasOwn(before, name)));
    const found = differences(before, shared);
    list.setProperties(first, ledger.textNumber(JSON.stringify({ ...later, ...before })));
    if (found.length === 0) continue;
    const origin = ledger.origins[list.origin(index)] as Origin;
    const firstOrigin = ledger.origins[list.origin(first)] as Origin;
    problems.add({
      code: 'conflicting-row',
      source: origin.source,
      line: list.line(index),
      path: origin.path,
      message: `The role ${quoted(roles.key(list.subject(index)))} was given to the ${identities.subject} ${quoted(identities.key(list.from(index)))} with other properties in ${problems.fileOf(firstOrigin.source)}:${list.line(first)}: ${found.join('; ')}.`,
      hint: 'A role is assigned to somebody once, on one or many resources, with one set of properties. Make the rows equal.',
    });
  }
}

/** Properties belong to the assignment of a role to an identity: rows that add targets to it may not contradict them. */
export function checkAssignmentProperties(ledger: Ledger, application: ApplicationLedger, problems: RunProblems): void {
  for (const kind of identityKinds) checkKind(ledger, application, kind, application.roleGrants[kind], problems);
}
