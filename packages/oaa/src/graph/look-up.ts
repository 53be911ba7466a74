import { didYouMean, UsageError } from '../errors/index.ts';
import { foldKey } from '../payload/keys.ts';
import type {
  AccessIndex,
  ApplicationNode,
  Lookup,
  PermissionNode,
  PrincipalNode,
  TargetNode,
} from './access-index.ts';

/** Where to look: `application` is the name of one application; left out, all of the payload are meant. */
export interface ApplicationChoice {
  readonly application?: string | undefined;
}

export function findApplications(index: AccessIndex, { application }: ApplicationChoice): ApplicationNode[] {
  if (application === undefined) return [...index.applications];
  const found = index.applications.get(application);
  if (found !== undefined) return [found];
  throw unknown('application', application, names(index.applications));
}

export function findPermission(index: AccessIndex, permission: string): PermissionNode {
  const found = index.permissions.get(permission);
  if (found !== undefined) return found;
  throw unknown('permission', permission, names(index.permissions));
}

/** The user in each of `applications` that knows one with this key. */
export function findUser(applications: readonly ApplicationNode[], user: string): [ApplicationNode, PrincipalNode][] {
  const found: [ApplicationNode, PrincipalNode][] = [];
  for (const application of applications) {
    const node = application.users.get(user);
    if (node !== undefined) found.push([application, node]);
  }
  if (found.length > 0) return found;
  const users = applications.flatMap((application) => [...application.users]);
  const namesake = users.find((node) => foldKey(node.name) === foldKey(user));
  if (namesake !== undefined) {
    throw new UsageError(
      'not-found',
      `There is no user with the key "${user}": this application gives its users ids.`,
      {
        hint: `Use the id; "${namesake.name}" has "${namesake.key}".`,
      },
    );
  }
  throw unknown(
    'user',
    user,
    (function* () {
      for (const node of users) yield node.key;
    })(),
  );
}

/** The resource in each of `applications` that has one with this key; without a key the applications themselves. */
export function findTarget(
  applications: readonly ApplicationNode[],
  resource: string | undefined,
): [ApplicationNode, TargetNode][] {
  const found: [ApplicationNode, TargetNode][] = [];
  for (const application of applications) {
    const node = resource === undefined ? application.root : application.resources.get(resource);
    if (node !== undefined) found.push([application, node]);
  }
  if (found.length > 0 || resource === undefined) return found;
  const keys = applications.flatMap((application) => [...application.resources].map((node) => node.key ?? ''));
  throw unknown('resource', resource, keys);
}

function names(nodes: Lookup<{ readonly name: string }>): string[] {
  return [...nodes].map((node) => node.name);
}

function unknown(what: string, key: string, known: Iterable<string>): UsageError {
  return new UsageError('not-found', `The payload has no ${what} "${key}".${didYouMean(key, known)}`, {
    hint: hints[what],
  });
}

const hints: Readonly<Record<string, string>> = {
  user: 'A user is named by its id or, without ids, by its name.',
  resource: 'A resource is named by the path from the top resource, joined with ".": ids or, without ids, names.',
  permission: 'A permission is named as in the payload\'s "permissions".',
  application: 'An application is named as in the payload\'s "applications".',
};
