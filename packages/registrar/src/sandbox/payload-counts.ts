/** How many entities of each kind a payload holds, by their keys on the wire. Kinds that do not occur are left out. */
export type PayloadCounts = Readonly<Record<string, number>>;

const topLists = [
  'applications',
  'permissions',
  'identity_to_permissions',
  'users',
  'groups',
  'apps',
  'employees',
  'domains',
];
const applicationLists = ['local_users', 'local_groups', 'local_roles', 'local_access_creds'];

function list(owner: unknown, key: string): readonly unknown[] {
  if (typeof owner !== 'object' || owner === null || !Object.hasOwn(owner, key)) return [];
  const value = (owner as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(value) ? value : [];
}

function resourceCounts(applications: readonly unknown[]): { resources: number; subResources: number } {
  let resources = 0;
  let subResources = 0;
  const open = applications.map((application) => ({ items: list(application, 'resources'), depth: 0 }));
  for (let level = open.pop(); level !== undefined; level = open.pop()) {
    if (level.depth === 0) resources += level.items.length;
    else subResources += level.items.length;
    for (const item of level.items) open.push({ items: list(item, 'sub_resources'), depth: level.depth + 1 });
  }
  return { resources, subResources };
}

/** Counts the entities of a payload, sub-resources at any depth included. */
export function payloadCounts(payload: Readonly<Record<string, unknown>>): PayloadCounts {
  const applications = list(payload, 'applications');
  const { resources, subResources } = resourceCounts(applications);
  const counts: Record<string, number> = {};
  for (const key of topLists) counts[key] = list(payload, key).length;
  for (const key of applicationLists) {
    counts[key] = applications.reduce<number>((sum, application) => sum + list(application, key).length, 0);
  }
  counts.resources = resources;
  counts.sub_resources = subResources;
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}
