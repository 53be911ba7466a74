import type { ScimObject } from '../../../protocol/schemas/scim-value.ts';
import type { ResourceKind, StoredResource } from '../../directory.ts';

type Edge = readonly [groupId: string, memberId: string, kind: ResourceKind];

/**
 * The resources of a directory as a filter means them, with `id`, `meta`, members and all memberships, made the plain way:
 * everything in memory, groups of groups one after the other.
 */
export function assemble(resources: readonly StoredResource[], edges: readonly Edge[]): readonly ScimObject[] {
  const byId = new Map(resources.map((one) => [one.id, one]));
  const shownName = (id: string) => {
    const { displayName, userName } = byId.get(id)?.attributes ?? {};
    const display = displayName || userName;
    return display === undefined ? {} : { display };
  };
  const membersOf = Map.groupBy(edges, ([group]) => group);
  const groupsOf = Map.groupBy(edges, ([, member]) => member);
  return resources.map(({ kind, id, attributes, version, created, lastModified }) => {
    const meta = {
      resourceType: kind,
      created: withMilliseconds(created),
      lastModified: withMilliseconds(lastModified),
      version: `W/"${version}"`,
    };
    const resource: ScimObject = { ...attributes, id, meta };
    if (kind === 'Group') {
      const members = (membersOf.get(id) ?? []).map(([, value, type]) => ({ value, type, ...shownName(value) }));
      return members.length === 0 ? resource : { ...resource, members };
    }
    const direct = new Set((groupsOf.get(id) ?? []).map(([group]) => group));
    const all = [...direct];
    for (let index = 0; index < all.length; index++) {
      for (const [group] of groupsOf.get(all[index] ?? '') ?? []) if (!all.includes(group)) all.push(group);
    }
    const groups = all.map((value) => ({
      value,
      type: direct.has(value) ? 'direct' : 'indirect',
      display: '',
      ...shownName(value),
    }));
    return groups.length === 0 ? resource : { ...resource, groups };
  });
}

/** At least three digits of a fraction, and the zone. */
function withMilliseconds(instant: string): string {
  const digits = (instant.split('.')[1] ?? '').length;
  return `${digits === 0 ? `${instant}.` : instant}${'0'.repeat(Math.max(3 - digits, 0))}Z`;
}
