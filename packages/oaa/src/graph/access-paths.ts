import type { AccessIndex, WorkMeter } from './access-index.ts';
import type { AccessPath, AccessStep } from './access-step.ts';
import { type ApplicationChoice, findApplications, findPermission, findTarget, findUser } from './look-up.ts';
import { type PathGraph, type PathNode, pathGraph } from './path-graph.ts';
import { actsAsStep, stepsOf, type Way } from './steps.ts';

export interface AccessPathsQuery extends ApplicationChoice {
  /** Key of the user: its id or, without ids, its name. */
  readonly user: string;
  /** Name of the permission. */
  readonly permission: string;
  /** Key of the resource; left out, the application itself is meant. */
  readonly resource?: string | undefined;
  /** At most so many paths are returned. */
  readonly limit?: number | undefined;
  readonly meter?: WorkMeter | undefined;
}

export interface AccessPaths {
  /** Shortest first. Empty when the user has no such access. */
  readonly paths: readonly AccessPath[];
  /** False when there may be more paths than were returned: the limit was met. */
  readonly complete: boolean;
}

const defaultLimit = 100;
/** Only a payload with cycles has dead ends; this many of the graph's size are tolerated for each path of the limit. */
const deadEndsPerPath = 10;

/**
 * How a user comes to a permission on a resource: every chain of memberships, roles and grants that gives it, none of
 * which goes through the same group, credential, identity or role twice. Taking one such access away means to cut every one of them.
 *
 * @throws {UsageError} `not-found` when there is no such application, user, permission or resource.
 * @example
 * const { paths } = accessPaths(indexAccess(payload), { user: 'jane', permission: 'edit', resource: 'wiki.handbook' });
 * for (const path of paths) console.log(formatPath(path));
 */
export function accessPaths(index: AccessIndex, query: AccessPathsQuery): AccessPaths {
  const users = findUser(findApplications(index, query), query.user);
  const permission = findPermission(index, query.permission);
  const targets = new Map(
    findTarget(
      users.map(([application]) => application),
      query.resource,
    ),
  );
  const limit = query.limit ?? defaultLimit;
  const meter = query.meter ?? { steps: 0 };
  const paths: AccessPath[] = [];
  let complete = true;
  for (const [application, user] of users) {
    const target = targets.get(application);
    if (target === undefined) continue;
    const graph = pathGraph(user, permission, target, meter);
    if (graph === undefined) continue;
    const found = shortestPaths(graph, actsAsStep(user), limit - paths.length, meter);
    paths.push(...found.paths);
    complete &&= found.complete;
  }
  return { paths, complete };
}

interface Walker extends Way {
  readonly node: PathNode;
  readonly before: Walker | undefined;
  readonly length: number;
}

/**
 * Best first, by the length that a walker's path will have at least. Among equals the last come goes first, so that
 * without cycles every walker that is taken is the beginning of a path that is found next.
 */
function shortestPaths({ start, size }: PathGraph, first: AccessStep, limit: number, meter: WorkMeter): AccessPaths {
  const paths: AccessPath[] = [];
  const walkers = new Map<number, Walker[]>();
  const add = (walker: Walker) => {
    const total = walker.length + walker.node.distance;
    const equals = walkers.get(total);
    if (equals === undefined) walkers.set(total, [walker]);
    else equals.push(walker);
  };
  add({ node: start, step: first, before: undefined, length: 1 });
  let walks = 0;
  for (let total = start.distance + 1; walkers.size > 0; total += 1) {
    const equals = walkers.get(total) ?? [];
    for (let walker = equals.pop(); walker !== undefined; walker = equals.pop()) {
      walks += 1;
      if (walks > (limit + 1) * size * deadEndsPerPath) return { paths, complete: false };
      for (const ending of walker.node.endings) {
        if (paths.length >= limit) return { paths, complete: false };
        paths.push([...stepsOf(walker), ...ending]);
      }
      for (const { step, to } of walker.node.edges.toReversed()) {
        meter.steps += 1;
        if (!hasVisited(walker, to)) add({ node: to, step, before: walker, length: walker.length + 1 });
      }
    }
    walkers.delete(total);
  }
  return { paths, complete: true };
}

function hasVisited(walker: Walker, node: PathNode): boolean {
  for (let at: Walker | undefined = walker; at !== undefined; at = at.before) if (at.node === node) return true;
  return false;
}
