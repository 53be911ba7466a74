import { booleanForm } from './boolean-form.ts';
import { isIdHeader, isPlace, type Meaning, meaningOf, type Subject, subjectOfFile } from './meanings.ts';
import { distinctValues, type SampledColumn, type SourceSample, valuesOf } from './source-sample.ts';

/** What the rows of a file describe. */
export type TableKind =
  | 'users'
  | 'groups'
  /** Users in groups, one pair in each row. */
  | 'memberships'
  | 'roles'
  /** Permissions of roles, one pair in each row. */
  | 'rolePermissions'
  | 'permissions'
  | 'resources'
  /** Who has which role, permission or group. */
  | 'assignments';

/** A file, and what its columns mean. */
export interface Table {
  readonly sample: SourceSample;
  readonly kind: TableKind;
  /** Whether the kind is no more than a guess. */
  readonly isGuess: boolean;
  readonly by: ReadonlyMap<Meaning, SampledColumn>;
  /** Columns without a meaning, in their order. */
  readonly others: readonly SampledColumn[];
}

/** Columns that say who a user is, from the most to the least likely key. */
export const userKeys = ['userId', 'login', 'user', 'email', 'fullName'] as const satisfies readonly Meaning[];
const describing = [
  'email',
  'fullName',
  'firstName',
  'lastName',
  'isActive',
  'isInactive',
  'lastLoginAt',
  'deactivatedAt',
  'passwordLastChangedAt',
  'userType',
] as const satisfies readonly Meaning[];

/** What `id` and `name` alone mean in a file about something. */
const generic: Readonly<Record<Subject, { readonly id: Meaning; readonly name: Meaning }>> = {
  users: { id: 'userId', name: 'fullName' },
  assignments: { id: 'userId', name: 'user' },
  groups: { id: 'groupId', name: 'group' },
  roles: { id: 'roleId', name: 'role' },
  permissions: { id: 'permission', name: 'permission' },
  resources: { id: 'resource', name: 'resource' },
};

type Columns = Map<Meaning, SampledColumn>;

/** Whether each row has a text of its own in the column. */
function isUnique(column: SampledColumn): boolean {
  return column.cells.length > 0 && distinctValues(column).length === column.cells.length;
}

function isEmail(text: string): boolean {
  return /^[^\s@]+@[^\s@]+$/.test(text);
}

function kindOf(columns: Columns, subject: Subject | undefined): TableKind | undefined {
  const has = (...meanings: readonly Meaning[]) => meanings.some((meaning) => columns.has(meaning));
  const user = has('userId', 'login', 'user');
  const named = user || has('email', 'id', 'name', 'fullName', 'firstName', 'lastName');
  const group = has('groupId', 'group');
  const role = has('roleId', 'role');
  const described = describing.filter((meaning) => columns.has(meaning)).length;
  const person = user || described > 0;
  const given = role || has('permission');
  if (has('effects') && !user && !group) return 'permissions';
  if (role && has('permission') && !person && !group) return 'rolePermissions';
  if (subject === 'groups' && (group || has('id', 'name')) && described === 0) return person ? 'memberships' : 'groups';
  if (subject === 'roles' && (role || has('id', 'name')) && described === 0) {
    if (user || group) return 'assignments';
    return has('permission') ? 'rolePermissions' : 'roles';
  }
  if (subject === 'permissions' && !person && !group && !role && has('permission', 'id', 'name')) return 'permissions';
  if (subject === 'resources' && !person && !group && !given && has('resource', 'id', 'name')) return 'resources';
  if (subject === 'users' && named) return 'users';
  const onlyNames =
    described <= 2 && describing.every((meaning) => !columns.has(meaning) || ['email', 'fullName'].includes(meaning));
  if (described > 0 && named && !(subject === 'assignments' && onlyNames && (given || group))) return 'users';
  if (given && (person || group || has('id', 'name'))) return 'assignments';
  if (group && person) return 'memberships';
  if (group) return 'groups';
  if (role) return 'roles';
  if (has('permission')) return 'permissions';
  if (has('resource')) return 'resources';
  return user ? 'users' : undefined;
}

const subjectOfKind: Readonly<Record<TableKind, Subject>> = {
  users: 'users',
  groups: 'groups',
  memberships: 'groups',
  roles: 'roles',
  rolePermissions: 'roles',
  permissions: 'permissions',
  resources: 'resources',
  assignments: 'assignments',
};

const tellsTruth = (column: SampledColumn): boolean =>
  booleanForm(distinctValues(column), true, { wide: true, inverted: false }) !== undefined;

/** Gives a column a meaning, unless another one has it; of two that may say who is active, one that does. */
function claim(columns: Columns, others: SampledColumn[], column: SampledColumn, meaning: Meaning): void {
  const before = columns.get(meaning);
  if (before === undefined) columns.set(meaning, column);
  else if (meaning === 'isActive' && !tellsTruth(before) && tellsTruth(column)) {
    columns.set(meaning, column);
    others.push(before);
  } else others.push(column);
}

/** Finds out what a file is about. */
export function readTable(sample: SourceSample): Table {
  const columns: Columns = new Map();
  const others: SampledColumn[] = [];
  for (const column of sample.columns) {
    const meaning = meaningOf(column.name);
    if (meaning === undefined || meaning === 'secret' || meaning === 'personal') others.push(column);
    else claim(columns, others, column, meaning);
  }
  const subject = subjectOfFile(sample.source.file);
  if (!columns.has('email')) {
    const unclaimed = others.findIndex((column) => {
      const values = valuesOf(column);
      return (
        values.length > 0 &&
        values.every(isEmail) &&
        meaningOf(column.name) === undefined &&
        !/manager|owner|chef|vorgesetzt|approv|creat/i.test(column.name)
      );
    });
    const [found] = unclaimed < 0 ? [] : others.splice(unclaimed, 1);
    if (found !== undefined) columns.set('email', found);
  }
  const known = kindOf(columns, subject);
  const kind = known ?? (subject === undefined || subject === 'assignments' ? 'users' : subject);
  const named: ReadonlySet<string> = new Set(columns.keys());
  const names = generic[subjectOfKind[kind]];
  for (const word of ['id', 'name'] as const) {
    const column = columns.get(word);
    columns.delete(word);
    if (column !== undefined) claim(columns, others, column, names[word]);
  }
  if (kind === 'users' && !columns.has('userId') && !columns.has('login') && !columns.has('user')) {
    const number = others.findIndex((column) => isIdHeader(column.name) && isUnique(column));
    const [found] = number < 0 ? [] : others.splice(number, 1);
    if (found !== undefined) columns.set('userId', found);
  }
  if (kind !== 'users' && kind !== 'assignments' && !columns.has(names.id) && !columns.has(names.name)) {
    const [found] = others.splice(Math.max(0, others.findIndex(isUnique)), 1);
    if (found !== undefined) columns.set(names.name, found);
  }
  const inOrder = sample.columns.filter((column) => others.includes(column));
  const namesSomebody = [...userKeys, 'groupId', 'group'].some((meaning) => named.has(meaning));
  const isGuess = known === undefined || (kind === 'assignments' && !namesSomebody);
  return { sample, kind, isGuess, by: columns, others: inOrder };
}

/**
 * The columns that say where a grant holds. In a table of grants also those that look like places: to pass over one
 * would make a grant wider than it is.
 */
export function placeOf({ kind, by, others }: Table): SampledColumn | undefined {
  const named = by.get('resource');
  if (named !== undefined || kind !== 'assignments') return named;
  return others.find(({ name }) => isPlace(name));
}
