import type { PermissionNode, PrincipalNode, RoleNode, TargetNode, WorkMeter } from './access-index.ts';
import type { AccessStep } from './access-step.ts';
import { actsAsStep, containedRoleStep, grantSteps, roleStep } from './steps.ts';
import { coveringTargets, roleReaches } from './targets.ts';

/** The part of the graph in which every path from `start` to an ending answers one question. */
export interface PathGraph {
  readonly start: PathNode;
  /** How many nodes there are; a path has no more. */
  readonly size: number;
}

/** A principal, or a role as it is held on one target. */
export interface PathNode {
  /** Only edges from which an ending can be reached. */
  readonly edges: readonly PathEdge[];
  /** The last steps of a path that ends here: the permission and its target. */
  readonly endings: readonly (readonly AccessStep[])[];
  /** How many steps the shortest way to the end takes from here. */
  readonly distance: number;
}

export interface PathEdge {
  readonly step: AccessStep;
  readonly to: PathNode;
}

interface Draft extends PathNode {
  edges: { readonly step: AccessStep; readonly to: Draft }[];
  readonly endings: AccessStep[][];
  distance: number;
  readonly before: Draft[];
}

/** The ways of `user` to `permission` on `target`, or undefined when there is none. */
export function pathGraph(
  user: PrincipalNode,
  permission: PermissionNode,
  target: TargetNode,
  meter: WorkMeter,
): PathGraph | undefined {
  const drafts = new Drafts(permission, target, meter);
  const start = drafts.explore(user);
  measure(drafts.all);
  if (start.distance === Number.POSITIVE_INFINITY) return undefined;
  for (const draft of drafts.all) draft.edges = draft.edges.filter(({ to }) => to.distance < Number.POSITIVE_INFINITY);
  return { start, size: drafts.all.length };
}

/** Sets all distances, walking back from the endings. */
function measure(drafts: readonly Draft[]): void {
  const queue = drafts.filter((draft) => draft.endings.length > 0);
  for (const draft of queue) draft.distance = 2;
  for (const draft of queue) {
    for (const before of draft.before) {
      if (before.distance < Number.POSITIVE_INFINITY) continue;
      before.distance = draft.distance + 1;
      queue.push(before);
    }
  }
}

class Drafts {
  readonly all: Draft[] = [];
  readonly #permission: PermissionNode;
  readonly #target: TargetNode;
  readonly #covering: readonly TargetNode[];
  readonly #reachedByRoles: boolean;
  readonly #meter: WorkMeter;
  readonly #principals = new Map<PrincipalNode, Draft>();
  readonly #heldRoles = new Map<TargetNode, Map<RoleNode, Draft>>();
  readonly #open: (() => void)[] = [];

  constructor(permission: PermissionNode, target: TargetNode, meter: WorkMeter) {
    this.#permission = permission;
    this.#target = target;
    this.#covering = coveringTargets(permission, target);
    this.#reachedByRoles = roleReaches(permission, target);
    this.#meter = meter;
  }

  explore(user: PrincipalNode): Draft {
    const start = this.#principal(user);
    for (let task = this.#open.pop(); task !== undefined; task = this.#open.pop()) task();
    return start;
  }

  #principal(principal: PrincipalNode): Draft {
    return this.#draft(this.#principals, principal, (draft) => {
      for (const next of principal.actsAs) this.#connect(draft, actsAsStep(next), this.#principal(next));
      for (const [role, targets] of principal.assignments) {
        this.#connect(draft, roleStep(role, undefined), this.#principal(role));
        if (!this.#reachedByRoles) continue;
        for (const given of this.#covering) {
          if (targets.has(given)) this.#connect(draft, roleStep(role, given), this.#heldRole(role, given));
        }
      }
      const granted = principal.grants.get(this.#permission);
      for (const given of this.#covering) if (granted?.has(given)) this.#end(draft, given);
    });
  }

  #heldRole(role: RoleNode, given: TargetNode): Draft {
    let roles = this.#heldRoles.get(given);
    if (roles === undefined) {
      roles = new Map();
      this.#heldRoles.set(given, roles);
    }
    return this.#draft(roles, role, (draft) => {
      for (const next of role.contains) this.#connect(draft, containedRoleStep(next), this.#heldRole(next, given));
      if (role.permissions.has(this.#permission)) this.#end(draft, given);
    });
  }

  /** The draft of `node`; a new one is filled later, so that deep nesting does not nest calls. */
  #draft<Node>(drafts: Map<Node, Draft>, node: Node, fill: (draft: Draft) => void): Draft {
    const known = drafts.get(node);
    if (known !== undefined) return known;
    const draft: Draft = { edges: [], endings: [], distance: Number.POSITIVE_INFINITY, before: [] };
    drafts.set(node, draft);
    this.all.push(draft);
    this.#open.push(() => fill(draft));
    return draft;
  }

  #connect(from: Draft, step: AccessStep, to: Draft): void {
    this.#meter.steps += 1;
    from.edges.push({ step, to });
    to.before.push(from);
  }

  #end(draft: Draft, given: TargetNode): void {
    draft.endings.push(grantSteps(this.#permission, given, this.#target));
  }
}
