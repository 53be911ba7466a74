import { canonicalPermissions } from '../../payload/canonical-permissions.ts';
import { someOf } from './comments.ts';
import { draftGrants, draftResource, givesAccess, groupReference, typeName } from './draft-grants.ts';
import { draftUser } from './draft-user.ts';
import {
  applicationColumn,
  type Drafting,
  findConflict,
  type Item,
  putFirst,
  type SourcePlace,
  whenFilled,
} from './drafting.ts';
import type { Meaning } from './meanings.ts';
import { namesIn } from './references.ts';
import { type SampledColumn, valuesOf } from './source-sample.ts';
import { placeOf, type Table } from './table-shape.ts';
import { draftDate, readAs, readNames } from './value-drafts.ts';

/** The id and the name of an entity: the key that others refer to is the id, or the name where there is no other. */
function naming(
  { by }: Table,
  key: SampledColumn | undefined,
  [id, name]: readonly [Meaning, Meaning],
): Item & { readonly others: readonly SampledColumn[] } {
  const idColumn = by.get(id);
  const nameColumn = by.get(name);
  if (idColumn === undefined || nameColumn === undefined) {
    const only = idColumn ?? nameColumn;
    return { ...(only === undefined ? {} : { name: readAs(only) }), others: [] };
  }
  if (key === nameColumn) return { name: readAs(nameColumn), others: [idColumn] };
  return { id: readAs(idColumn), name: readAs(nameColumn), others: [] };
}

/** What a comment says where the kind of a file is not certain. */
export const guessed = 'the columns do not tell what the rows are; this is a guess.';

function noteUnused(columns: readonly SampledColumn[], { comments }: Drafting, { parent, key }: SourcePlace): void {
  if (columns.length === 0) return;
  const names = columns.map(({ name }) => name);
  comments.add(parent, key, `Columns that nothing uses: ${someOf(names, 20)}.`);
}

function draftGroup(table: Table, drafting: Drafting, source: SourcePlace): Item[] {
  const { keys, comments } = drafting;
  const { others, ...named } = naming(table, keys.groups.keyOf(table), ['groupId', 'group']);
  if (Object.keys(named).length === 0) return [];
  const group: Item = { ...named };
  const created = table.by.get('createdAt');
  if (created !== undefined) {
    const date = draftDate(created, true, { parent: group, key: 'createdAt', comments });
    if (date !== undefined) group.createdAt = date;
  }
  const member = keys.users.referenceOf(table);
  if (member !== undefined) {
    group.members = drafting.reference(member, keys.users, 'users', { parent: group, key: 'members' });
  }
  const rest = [...others, ...table.others];
  const properties = table.kind === 'groups' ? drafting.properties(rest, 'group', source) : undefined;
  if (properties !== undefined) group.properties = properties;
  if (table.kind === 'memberships') noteUnused(rest, drafting, source);
  Object.assign(group, draftGrants(table, drafting));
  const place = givesAccess(table) ? placeOf(table) : undefined;
  return [
    ...(place === undefined ? [] : [draftResource(table, place)]),
    { group: withConflicts(group, table, drafting, ['groupId', 'group']) },
  ];
}

/** Says that the first row stands, where later ones differ. */
function withConflicts(entity: Item, table: Table, { comments, keys }: Drafting, meanings: readonly Meaning[]): Item {
  const key = keys.groups.keyOf(table) ?? keys.roles.keyOf(table);
  if (key === undefined) return entity;
  const described = [
    ...meanings.flatMap((meaning) => table.by.get(meaning) ?? []),
    ...(table.kind === 'groups' || table.kind === 'roles' ? table.others : []),
  ];
  const conflict = findConflict(
    key,
    described.filter((column) => column !== key),
  );
  if (conflict === undefined) return entity;
  putFirst(entity, { conflicts: 'warning' });
  comments.check(
    entity,
    'conflicts',
    `${JSON.stringify(conflict.key)} comes again with another ${JSON.stringify(conflict.column)}. The first row stands, with a warning.`,
  );
  return entity;
}

function draftRole(table: Table, drafting: Drafting, source: SourcePlace): Item[] {
  const { others, ...named } = naming(table, drafting.keys.roles.keyOf(table), ['roleId', 'role']);
  if (Object.keys(named).length === 0) return [];
  const role: Item = { ...named };
  const permission = table.by.get('permission');
  if (permission !== undefined) role.permissions = drafting.permissions(permission);
  else if (!drafting.tables.some(({ kind }) => kind === 'rolePermissions')) {
    // No file says what roles allow: each gets a permission of its own name.
    const name = table.by.get('role') ?? table.by.get('roleId');
    if (name !== undefined) {
      role.permissions = { names: readAs(name), unknown: 'create' };
      drafting.explain([...namesIn(name, undefined).values()]);
    }
  }
  const rest = [...others, ...table.others];
  if (table.kind === 'roles') {
    const properties = drafting.properties(rest, 'role', source);
    if (properties !== undefined) role.properties = properties;
  } else noteUnused(rest, drafting, source);
  return [{ role: withConflicts(role, table, drafting, ['roleId', 'role']) }];
}

function draftPermission(table: Table, { comments }: Drafting): Item[] {
  const name = table.by.get('permission');
  const effects = table.by.get('effects');
  if (name === undefined) return [];
  const permission: Item = { name: readAs(name) };
  if (effects === undefined) {
    permission.effects = { value: 'Uncategorized' };
    comments.check(
      permission,
      'effects',
      `no column says what a permission allows. One of ${canonicalPermissions.join(', ')}.`,
    );
    return [{ permission }];
  }
  const known = new Set<string>(canonicalPermissions.map((one) => one.toLowerCase()));
  const unknown = Array.from(namesIn(effects)).flatMap(([folded, text]) => (known.has(folded) ? [] : [text]));
  const spec = readNames(effects, known);
  const extra = {
    ...(unknown.length === 0 ? {} : { map: Object.fromEntries(unknown.map((text) => [text, 'Uncategorized'])) }),
    ...(valuesOf(effects).length < effects.cells.length ? { default: 'Uncategorized' } : {}),
  };
  permission.effects = typeof spec === 'string' ? readAs(effects, extra) : { ...spec, ...extra };
  if (unknown.length > 0)
    comments.check(permission, 'effects', `say what these mean: one of ${canonicalPermissions.join(', ')}.`);
  return [{ permission }];
}

function draftAssignments(table: Table, drafting: Drafting, source: SourcePlace): Item[] {
  const { keys, comments } = drafting;
  const user = keys.users.referenceOf(table);
  const group = groupReference(table, drafting);
  const place = placeOf(table);
  const items: Item[] = place === undefined ? [] : [draftResource(table, place)];
  const given = (['role', 'roleId', 'permission'] as const).flatMap((meaning) => table.by.get(meaning) ?? []);
  // A row with a user and a group says that the user is in it; what else it gives is the user's alone.
  const both =
    user !== undefined &&
    group !== undefined &&
    (given.length === 0 || user.cells.some((cell, row) => cell !== '' && group.cells[row] !== ''));
  if (!both && given.length === 0) return [];
  const needed = [...(place === undefined ? [] : [place]), ...(given.length === 1 ? given : [])];
  const holds = (holder: SampledColumn): Item => {
    const when = whenFilled([holder, ...needed]);
    return when === undefined ? {} : { when };
  };
  if (user !== undefined) {
    if (!keys.users.isDescribed || applicationColumn(table) !== undefined)
      items.unshift(draftUser(table, drafting, source, user));
    const assignment: Item = { ...holds(user) };
    assignment.user = keys.users.isDescribed
      ? drafting.reference(user, keys.users, 'users', { parent: assignment, key: 'user' })
      : readNames(user);
    if (group !== undefined && both)
      assignment.groups = drafting.reference(group, keys.groups, 'groups', { parent: assignment, key: 'groups' });
    items.push({ assignment: Object.assign(assignment, draftGrants(table, drafting)) });
  }
  if (group !== undefined && !both) {
    const assignment: Item = { ...holds(group) };
    assignment.group = drafting.reference(group, keys.groups, 'groups', { parent: assignment, key: 'group' });
    items.push({ assignment: Object.assign(assignment, draftGrants(table, drafting)) });
  }
  if (place?.cells.includes('') === true) {
    comments.check(
      source.parent,
      source.key,
      `rows with an empty ${JSON.stringify(place.name)} give nothing here. If they mean everywhere, add an assignment for them without "on".`,
    );
  }
  const unused = table.others.filter((column) => column !== place);
  if (unused.length > 0) {
    comments.check(
      source.parent,
      source.key,
      `nothing uses ${someOf(
        unused.map(({ name }) => name),
        20,
      )}. If a column narrows what a row gives, name it in "on".`,
    );
  }
  return items;
}

/** What the rows of a file describe, item by item. */
export function draftItems(table: Table, drafting: Drafting, source: SourcePlace): Item[] {
  const items = draftKind(table, drafting, source);
  if (items.length > 0) return items;
  drafting.comments.check(source.parent, source.key, guessed);
  return [draftUser(table, drafting, source)];
}

function draftKind(table: Table, drafting: Drafting, source: SourcePlace): Item[] {
  switch (table.kind) {
    case 'users': {
      const place = givesAccess(table) ? placeOf(table) : undefined;
      return [...(place === undefined ? [] : [draftResource(table, place)]), draftUser(table, drafting, source)];
    }
    case 'groups':
    case 'memberships':
      return draftGroup(table, drafting, source);
    case 'roles':
    case 'rolePermissions':
      return draftRole(table, drafting, source);
    case 'permissions':
      return draftPermission(table, drafting);
    case 'resources': {
      const place = placeOf(table);
      if (place === undefined) return [];
      const hasType = table.by.has('resourceType');
      const properties = hasType
        ? undefined
        : drafting.properties(table.others, { resource: typeName(place.name) }, source);
      return [draftResource(table, place, properties === undefined ? {} : { properties })];
    }
    case 'assignments':
      return draftAssignments(table, drafting, source);
  }
}
