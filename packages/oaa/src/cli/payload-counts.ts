/** How many entities of each kind a payload holds; only the kinds that its template has. */
export type PayloadCounts = Readonly<Record<string, number>>;

function listAt(value: unknown, key: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return [];
  const list = (value as Readonly<Record<string, unknown>>)[key];
  return Array.isArray(list) ? list : [];
}

/** Resources with all their sub-resources. Goes through levels, not recursion: depth is not bounded here. */
function countResources(applications: readonly unknown[]): number {
  let level = applications.flatMap((application) => listAt(application, 'resources'));
  let count = 0;
  while (level.length > 0) {
    count += level.length;
    level = level.flatMap((resource) => listAt(resource, 'sub_resources'));
  }
  return count;
}

function countIn(owners: readonly unknown[], key: string): number {
  return owners.reduce<number>((count, owner) => count + listAt(owner, key).length, 0);
}

/** Kinds of entities that stand in a list at the root of the other templates. */
const rootLists = [
  'domains',
  'users',
  'groups',
  'apps',
  'employees',
  'servers',
  'folders',
  'enriched_entities',
] as const;

/** Counts the entities of a valid payload (reference 1.1 to 1.7); what is not where it should be counts as none. */
export function countEntities(payload: unknown): PayloadCounts {
  const applications = listAt(payload, 'applications');
  if (applications.length === 0) {
    const found = rootLists.map((key) => [key, listAt(payload, key).length] as const);
    return Object.fromEntries(found.filter(([, count]) => count > 0));
  }
  const identities = listAt(payload, 'identity_to_permissions');
  return {
    applications: applications.length,
    users: countIn(applications, 'local_users'),
    groups: countIn(applications, 'local_groups'),
    roles: countIn(applications, 'local_roles'),
    credentials: countIn(applications, 'local_access_creds'),
    resources: countResources(applications),
    permissions: listAt(payload, 'permissions').length,
    grants: countIn(identities, 'application_permissions') + countIn(identities, 'role_assignments'),
  };
}

/** `200 users, 1 group`; kinds of which there are none are left out. */
export function formatCounts(counts: PayloadCounts): string {
  const parts = Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(
      ([kind, count]) =>
        `${count.toLocaleString('en-US')} ${(count === 1 ? singular(kind) : kind).replaceAll('_', ' ')}`,
    );
  return parts.length === 0 ? 'no entities' : parts.join(', ');
}

function singular(kind: string): string {
  return kind.replace(/ies$/, 'y').replace(/s$/, '');
}
