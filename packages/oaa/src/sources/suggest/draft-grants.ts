import { type Drafting, type Item, whenFilled } from './drafting.ts';
import { headerWords } from './header-words.ts';
import type { SampledColumn } from './source-sample.ts';
import { placeOf, type Table } from './table-shape.ts';
import { readAs } from './value-drafts.ts';

/** The name of a resource type, from the header: `Resource path` is `resource`. */
export function typeName(header: string): string {
  const words = headerWords(header).filter((word) => !['path', 'name', 'id', 'pfad'].includes(word));
  return words.join('_') || 'resource';
}

/** The resources that rows name, and the type that they get. */
export function draftResource(table: Table, place: SampledColumn, properties: Item = {}): Item {
  const type = table.by.get('resourceType');
  const when = whenFilled(type === undefined ? [place] : [place, type]);
  return {
    resource: {
      ...(when === undefined ? {} : { when }),
      conflicts: 'ignore',
      path: readAs(place),
      type: type === undefined ? { value: typeName(place.name) } : readAs(type),
      ...properties,
    },
  };
}

/** Roles and permissions that rows give, on the place that they name. */
export function draftGrants(table: Table, drafting: Drafting): Item {
  const role = roleReference(table, drafting);
  const permission = table.by.get('permission');
  const place = placeOf(table);
  const on = place === undefined ? {} : { on: { resources: readAs(place) } };
  return {
    ...(role === undefined ? {} : { roles: [{ role: drafting.roles(role), ...on }] }),
    ...(permission === undefined ? {} : { permissions: [{ permission: drafting.permissions(permission), ...on }] }),
  };
}

/** The column that names roles: where nothing describes them, rather by name than by id. */
function roleReference(table: Table, { keys }: Drafting): SampledColumn | undefined {
  const known = keys.roles.isDescribed ? keys.roles.referenceOf(table) : undefined;
  return known ?? table.by.get('role') ?? table.by.get('roleId');
}

/** The column that names groups: where nothing describes them, rather by name than by id. */
export function groupReference(table: Table, { keys }: Drafting): SampledColumn | undefined {
  const known = keys.groups.isDescribed ? keys.groups.referenceOf(table) : undefined;
  return known ?? table.by.get('group') ?? table.by.get('groupId');
}

/** Whether a table gives roles or permissions. */
export function givesAccess({ by }: Table): boolean {
  return by.has('role') || by.has('roleId') || by.has('permission');
}
