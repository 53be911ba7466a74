import type {
  AccessIndex,
  ApplicationNode,
  PermissionNode,
  PrincipalNode,
  RoleNode,
  TargetNode,
  WorkMeter,
} from './access-index.ts';
import type { AccessPath, AccessStep } from './access-step.ts';
import { type ApplicationChoice, findApplications, findPermission, findTarget } from './look-up.ts';
import { actsAsStep, containedRoleStep, grantSteps, roleStep } from './steps.ts';
import { coveringTargets, roleReaches } from './targets.ts';

export interface WhoCanQuery extends ApplicationChoice {
  /** Name of the permission. */
  readonly permission: string;
  /** Key of the resource; left out, the application itself is meant. */
  readonly resource?: string | undefined;
  readonly meter?: WorkMeter | undefined;
}

/** Somebody who has an access: a local user, or an identity or credential with grants that no local user carries. */
export interface Holder {
  /** Name of the application. */
  readonly application: string;
  readonly kind: 'user' | 'identity' | 'credential';
  readonly key: string;
  readonly name: string;
  /** One of the ways in which the access is given (`accessPaths` gives all of a user). */
  readonly path: AccessPath;
}

/**
 * Who has a permission on a resource. Walks back from the resource, so it looks at nobody who has not got it. Without
 * `application`, all applications with such a resource.
 *
 * @throws {UsageError} `not-found` when there is no such application, permission or resource.
 * @example
 * const holders = [...whoCan(indexAccess(payload), { permission: 'edit', resource: 'wiki.handbook' })];
 */
export function whoCan(index: AccessIndex, query: WhoCanQuery): Iterable<Holder> {
  const permission = findPermission(index, query.permission);
  const targets = findTarget(findApplications(index, query), query.resource);
  const meter = query.meter ?? { steps: 0 };
  return {
    *[Symbol.iterator]() {
      for (const [application, target] of targets) yield* holdersIn(application, permission, target, meter);
    },
  };
}

/** The steps that remain, shared by all who take them. */
interface Remainder {
  readonly step: AccessStep;
  readonly after: Remainder | undefined;
}

interface Reached<Node> {
  readonly node: Node;
  readonly remainder: Remainder;
}

function* holdersIn(
  application: ApplicationNode,
  permission: PermissionNode,
  target: TargetNode,
  meter: WorkMeter,
): Generator<Holder> {
  const queue: Reached<PrincipalNode>[] = [];
  const seen = new Set<PrincipalNode>();
  const arrive = (node: PrincipalNode, remainder: Remainder) => {
    meter.steps += 1;
    if (seen.has(node)) return;
    seen.add(node);
    queue.push({ node, remainder });
  };
  for (const given of coveringTargets(permission, target)) {
    const ending = chain(grantSteps(permission, given, target));
    for (const principal of permission.grantedOn.get(given) ?? []) arrive(principal, ending);
    if (!roleReaches(permission, target)) continue;
    for (const { node: role, remainder } of rolesGiving(application, permission, ending, meter)) {
      for (const principal of role.assignedOn.get(given) ?? []) {
        arrive(principal, { step: roleStep(role, given), after: remainder });
      }
    }
  }
  for (const { node, remainder } of queue) {
    if (isHolder(node)) {
      const { kind, key, name } = node;
      yield { application: application.name, kind, key, name, path: [{ kind, key, name }, ...unchain(remainder)] };
    }
    const after = { step: actsAsStep(node), after: remainder };
    for (const carrier of node.actedBy) arrive(carrier, after);
    if (isRole(node)) {
      const held = { step: roleStep(node, undefined), after: remainder };
      for (const principals of node.assignedOn.values()) for (const principal of principals) arrive(principal, held);
    }
  }
}

/** The roles that list the permission and the roles that contain them; the remainders begin after the role. */
function* rolesGiving(
  application: ApplicationNode,
  permission: PermissionNode,
  ending: Remainder,
  meter: WorkMeter,
): Generator<Reached<RoleNode>> {
  const queue: Reached<RoleNode>[] = [];
  for (const node of application.rolesByPermission.get(permission) ?? []) queue.push({ node, remainder: ending });
  const seen = new Set(queue.map(({ node }) => node));
  for (const reached of queue) {
    yield reached;
    for (const container of reached.node.containedIn) {
      meter.steps += 1;
      if (seen.has(container)) continue;
      seen.add(container);
      queue.push({ node: container, remainder: { step: containedRoleStep(reached.node), after: reached.remainder } });
    }
  }
}

function isRole(node: PrincipalNode): node is RoleNode {
  return node.kind === 'role';
}

function isHolder(node: PrincipalNode): node is PrincipalNode & { readonly kind: Holder['kind'] } {
  if (node.kind === 'user') return true;
  if (node.kind !== 'identity' && node.kind !== 'credential') return false;
  for (const carrier of node.actedBy) if (carrier.kind === 'user') return false;
  return true;
}

function chain(steps: readonly AccessStep[]): Remainder {
  let remainder: Remainder | undefined;
  for (const step of steps.toReversed()) remainder = { step, after: remainder };
  return remainder as Remainder;
}

function unchain(remainder: Remainder): AccessStep[] {
  const steps: AccessStep[] = [];
  for (let at: Remainder | undefined = remainder; at !== undefined; at = at.after) steps.push(at.step);
  return steps;
}
