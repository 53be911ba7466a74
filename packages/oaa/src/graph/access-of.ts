import type {
  AccessIndex,
  ApplicationNode,
  PermissionNode,
  PrincipalNode,
  RoleNode,
  TargetNode,
  WorkMeter,
} from './access-index.ts';
import type { Access, AccessPath, AccessStep } from './access-step.ts';
import { type ApplicationChoice, findApplications, findUser } from './look-up.ts';
import { actsAsStep, containedRoleStep, grantSteps, roleStep, stepsOf, type Way } from './steps.ts';
import { roleReaches } from './targets.ts';

export interface AccessOfQuery extends ApplicationChoice {
  /** Key of the user: its id or, without ids, its name. */
  readonly user: string;
  readonly meter?: WorkMeter | undefined;
}

/**
 * What a user can do: every permission on every target once, each with one way of coming to it (`accessPaths` gives all
 * ways). Lazy: what is not asked for is not looked up. Without `application`, all applications with such a user.
 *
 * @throws {UsageError} `not-found` when there is no such application or user.
 * @example
 * for (const access of accessOf(indexAccess(payload), { user: 'jane' })) console.log(formatPath(access.path));
 */
export function accessOf(index: AccessIndex, query: AccessOfQuery): Iterable<Access> {
  const users = findUser(findApplications(index, query), query.user);
  const meter = query.meter ?? { steps: 0 };
  return {
    *[Symbol.iterator]() {
      for (const [application, user] of users) yield* accessIn(application, user, meter);
    },
  };
}

function* accessIn(application: ApplicationNode, user: PrincipalNode, meter: WorkMeter): Generator<Access> {
  const spread = new Spread(application, meter);
  const contained = new Map<RoleNode, readonly Reached<RoleNode>[]>();
  for (const { node: principal, way } of reachablePrincipals(user, meter)) {
    for (const [permission, targets] of principal.grants) {
      for (const given of targets)
        yield* spread.grant({ permission, given, throughRole: false, path: () => stepsOf(way) });
    }
    for (const [role, targets] of principal.assignments) {
      let roles = contained.get(role);
      if (roles === undefined) {
        roles = [...containedRoles(role, meter)];
        contained.set(role, roles);
      }
      for (const given of targets) {
        for (const reached of roles) {
          const path = () => [...stepsOf(way), roleStep(role, given), ...stepsOf(reached.way)];
          for (const permission of reached.node.permissions) {
            yield* spread.grant({ permission, given, throughRole: true, path });
          }
        }
      }
    }
  }
}

interface Reached<Node> {
  readonly node: Node;
  readonly way: Way | undefined;
}

/** The user and everything that it acts as, nearest first. */
function* reachablePrincipals(user: PrincipalNode, meter: WorkMeter): Generator<Reached<PrincipalNode>> {
  const queue: Reached<PrincipalNode>[] = [{ node: user, way: { step: actsAsStep(user), before: undefined } }];
  const seen = new Set([user]);
  for (const reached of queue) {
    yield reached;
    const arrive = (node: PrincipalNode, step: AccessStep) => {
      meter.steps += 1;
      if (seen.has(node)) return;
      seen.add(node);
      queue.push({ node, way: { step, before: reached.way } });
    };
    for (const next of reached.node.actsAs) arrive(next, actsAsStep(next));
    for (const role of reached.node.assignments.keys()) arrive(role, roleStep(role, undefined));
  }
}

/** The role and all roles within it, nearest first; the ways begin after the role. */
function* containedRoles(role: RoleNode, meter: WorkMeter): Generator<Reached<RoleNode>> {
  const queue: Reached<RoleNode>[] = [{ node: role, way: undefined }];
  const seen = new Set([role]);
  for (const reached of queue) {
    yield reached;
    for (const next of reached.node.contains) {
      meter.steps += 1;
      if (seen.has(next)) continue;
      seen.add(next);
      queue.push({ node: next, way: { step: containedRoleStep(next), before: reached.way } });
    }
  }
}

interface Grant {
  readonly permission: PermissionNode;
  readonly given: TargetNode;
  readonly throughRole: boolean;
  readonly path: () => AccessPath;
}

/** Spreads grants over the targets that they cover and leaves out what was already answered. */
class Spread {
  readonly #application: ApplicationNode;
  readonly #meter: WorkMeter;
  readonly #answered = new Map<PermissionNode, Set<TargetNode>>();
  /** Targets below which a permission was already spread, apart for roles because their reach is limited by type. */
  readonly #spread = {
    direct: new Map<PermissionNode, Set<TargetNode>>(),
    role: new Map<PermissionNode, Set<TargetNode>>(),
  };

  constructor(application: ApplicationNode, meter: WorkMeter) {
    this.#application = application;
    this.#meter = meter;
  }

  *grant(grant: Grant): Generator<Access> {
    const { permission, given, throughRole, path } = grant;
    const answered = getSet(this.#answered, permission);
    const spread = getSet(throughRole ? this.#spread.role : this.#spread.direct, permission);
    const open = [given];
    for (let target = open.pop(); target !== undefined; target = open.pop()) {
      this.#meter.steps += 1;
      if (spread.has(target)) continue;
      if (permission.appliesToSubResources) {
        spread.add(target);
        for (let child = target.children.length - 1; child >= 0; child -= 1)
          open.push(target.children[child] as TargetNode);
      }
      if (answered.has(target) || (throughRole && !roleReaches(permission, target))) continue;
      answered.add(target);
      yield {
        application: this.#application.name,
        resource: target.key,
        permission: permission.name,
        canonical: permission.canonical,
        path: [...path(), ...grantSteps(permission, given, target)],
      };
    }
  }
}

function getSet<Key, Value>(sets: Map<Key, Set<Value>>, key: Key): Set<Value> {
  let set = sets.get(key);
  if (set === undefined) {
    set = new Set();
    sets.set(key, set);
  }
  return set;
}
