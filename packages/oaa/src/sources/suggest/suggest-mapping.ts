import { canonicalPermissions } from '../../payload/canonical-permissions.ts';
import { Comments, someOf } from './comments.ts';
import { draftItems, guessed } from './draft-items.ts';
import { applicationColumn, Drafting, type Item, putFirst } from './drafting.ts';
import { mappingYaml } from './mapping-yaml.ts';
import { findKeys } from './references.ts';
import { distinctValues, type SourceSample } from './source-sample.ts';
import { readTable, type Table, type TableKind, userKeys } from './table-shape.ts';

export interface SuggestedMapping {
  /** The mapping as YAML, with comments. */
  readonly text: string;
  /** How many comments begin with `CHECK:`, because only a person can decide. */
  readonly checks: number;
}

/** So many permissions are listed to be given a meaning. */
const maximumPermissions = 40;

const rowsAre: Readonly<Record<TableKind, string>> = {
  users: 'Each row is a user.',
  groups: 'Each row is a group.',
  memberships: 'Each row is a user in a group.',
  roles: 'Each row is a role.',
  rolePermissions: 'Each row gives a role a permission.',
  permissions: 'Each row is a permission.',
  resources: 'Each row is a resource.',
  assignments: 'Each row gives somebody something.',
};

const likely: readonly (readonly [pattern: RegExp, effect: string])[] = [
  [/^(?:read|view|list|get|show|lesen|anzeigen|ansehen)/i, 'DataRead'],
  [/^(?:write|edit|update|modify|change|schreiben|bearbeiten|aendern|ändern)/i, 'DataWrite'],
  [/^(?:create|add|insert|new|anlegen|erstellen)/i, 'DataCreate'],
  [/^(?:delete|remove|purge|loeschen|löschen|entfernen)/i, 'DataDelete'],
];

/** Whether a file that gives users something has one row for each of them, and so describes them as well. */
function listsUsers({ kind, by }: Table): boolean {
  const key = userKeys.flatMap((meaning) => by.get(meaning) ?? [])[0];
  if (kind !== 'assignments' || key === undefined || by.has('group') || by.has('groupId')) return false;
  return !key.isList && distinctValues(key).length === key.cells.length;
}

/** Users that another file describes better are only referred to in this one. */
function settleUsers(tables: readonly Table[]): readonly Table[] {
  const users = tables.filter(({ kind }) => kind === 'users');
  if (users.length === 0)
    return tables.map((table) => (listsUsers(table) ? { ...table, kind: 'users' as const } : table));
  const weight = ({ by }: Table) =>
    ['isActive', 'lastLoginAt', 'createdAt', 'firstName', 'fullName', 'email'].filter((meaning) =>
      by.has(meaning as 'email'),
    ).length;
  const best = users.reduce((one, other) => (weight(other) > weight(one) ? other : one));
  return tables.map((table) => {
    const gives = (['role', 'roleId', 'permission', 'group', 'groupId'] as const).some((meaning) =>
      table.by.has(meaning),
    );
    const isPoor =
      table !== best && table.kind === 'users' && gives && weight(table) <= 2 && weight(table) < weight(best);
    return isPoor ? { ...table, kind: 'assignments' as const } : table;
  });
}

function listPermissions(drafting: Drafting): Item[] | undefined {
  const { comments, unexplained } = drafting;
  const names = [...unexplained.values()];
  if (names.length === 0 || names.length > maximumPermissions) return undefined;
  const canonical = new Map<string, string>(canonicalPermissions.map((name) => [name.toLowerCase(), name]));
  const list = names.map((name): Item => ({ name, effects: [canonical.get(name.toLowerCase()) ?? 'Uncategorized'] }));
  list.forEach((permission, index) => {
    const name = String(permission.name);
    const effect = likely.find(([pattern]) => pattern.test(name))?.[1];
    if (effect !== undefined && !canonical.has(name.toLowerCase())) comments.add(list, index, `Perhaps ${effect}?`);
  });
  return list;
}

function head(samples: readonly SourceSample[]): string {
  const files = samples.map(({ source }) => source.file);
  return [
    `A first mapping for ${someOf(files, 10)}, made of headers and sampled rows by oaa mapping suggest.`,
    'Comments that begin with CHECK are for you to decide. Then look at what comes out:',
    '  oaa build --mapping <this file> --preview 3',
  ].join('\n');
}

/** The application's name, where the files tell it. */
function applicationName(tables: readonly Table[]): string | undefined {
  const names = new Set(
    tables.flatMap(({ by }) => (by.has('application') ? distinctValues(by.get('application') as never) : [])),
  );
  return names.size === 1 ? [...names][0] : undefined;
}

function addApplication(items: readonly Item[], table: Table): void {
  const column = applicationColumn(table);
  if (column === undefined) return;
  for (const item of items) {
    for (const [kind, entity] of Object.entries(item)) {
      if (kind !== 'permission') putFirst(entity as Item, { application: { column: column.name } });
    }
  }
}

/**
 * Drafts a source mapping for files of rows, from their headers and sampled values. The same samples give the same
 * text. What a file does not tell is not invented: permissions without a known meaning are Uncategorized.
 *
 * @param application the name of the application, where it is known
 */
export function suggestMapping(samples: readonly SourceSample[], application?: string): SuggestedMapping {
  const comments = new Comments();
  const tables = settleUsers(samples.map(readTable));
  const drafting = new Drafting(tables, findKeys(tables), comments);
  const sources: Item[] = [];
  tables.forEach((table, key) => {
    const { sample, kind, isGuess } = table;
    const place = { parent: sources, key };
    const extent = sample.complete
      ? `${sample.rows.toLocaleString('en')} ${sample.rows === 1 ? 'row' : 'rows'}.`
      : `The first ${sample.rows.toLocaleString('en')} rows were looked at.`;
    comments.add(sources, key, `${extent} ${rowsAre[kind]}`);
    if (isGuess) comments.check(sources, key, guessed);
    for (const note of sample.notes) comments.check(sources, key, note);
    const map = draftItems(table, drafting, place);
    addApplication(map, table);
    const { csv, ...source } = sample.source;
    sources.push({ ...source, ...(csv === undefined ? {} : { csv }), map });
  });
  const told = applicationName(tables);
  const name = application ?? told ?? 'My Application';
  const root: Item = { application: { name, type: name } };
  if (application === undefined && told === undefined) {
    comments.check(
      root,
      'application',
      'the name of this instance; the type is the same for all instances of the application.',
    );
  }
  const { user, group, role, resources } = drafting.definitions;
  const definitions = {
    ...(Object.keys(user).length === 0 ? {} : { user }),
    ...(Object.keys(group).length === 0 ? {} : { group }),
    ...(Object.keys(role).length === 0 ? {} : { role }),
    ...(Object.values(resources).every((one) => Object.keys(one).length === 0) ? {} : { resources }),
  };
  if (Object.keys(definitions).length > 0) {
    root.properties = definitions;
    comments.add(
      root,
      'properties',
      'Other columns, as properties. The type of a property cannot be changed once it was pushed.',
    );
  }
  const permissions = listPermissions(drafting);
  if (permissions !== undefined) {
    root.permissions = permissions;
    comments.check(
      root,
      'permissions',
      `no file says what these allow. Give each its effects, of ${canonicalPermissions.join(', ')}. A role that no file describes has the permission of its own name.`,
    );
  } else if (drafting.unexplained.size > 0) {
    comments.check(
      root,
      'sources',
      `${drafting.unexplained.size} permissions become Uncategorized, because no file says what they allow. List those that matter under permissions: with their effects.`,
    );
  }
  root.sources = sources;
  return { text: mappingYaml(root, head(samples), comments), checks: comments.checks };
}
