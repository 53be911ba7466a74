import type { ValueSpec } from '../mapping/value-spec.ts';
import { someOf } from './comments.ts';
import { draftGrants, groupReference } from './draft-grants.ts';
import { type Drafting, findConflict, type Item, putFirst, type SourcePlace, whenFilled } from './drafting.ts';
import type { Meaning } from './meanings.ts';
import { distinctValues, type SampledColumn, valuesOf } from './source-sample.ts';
import type { Table } from './table-shape.ts';
import { draftBoolean, draftDate, joinColumns, readAs } from './value-drafts.ts';

const dates = [
  'createdAt',
  'lastLoginAt',
  'deactivatedAt',
  'passwordLastChangedAt',
] as const satisfies readonly Meaning[];
const links = [
  'groupId',
  'group',
  'roleId',
  'role',
  'permission',
  'resource',
  'resourceType',
  'application',
  'effects',
] as const satisfies readonly Meaning[];
const userTypes: Readonly<Record<string, readonly string[]>> = {
  human: [
    'human',
    'person',
    'user',
    'employee',
    'mitarbeiter',
    'member',
    'internal',
    'external',
    'contractor',
    'guest',
  ],
  service_account: [
    'service',
    'serviceaccount',
    'technical',
    'technisch',
    'robot',
    'bot',
    'system',
    'machine',
    'application',
  ],
};

/** Kinds of users as the tenant calls them; undefined where a text says neither. */
function draftUserType(column: SampledColumn): ValueSpec | undefined {
  const map: Record<string, string> = {};
  for (const text of distinctValues(column)) {
    const word = text.toLowerCase().replaceAll(/[^a-z]/g, '');
    const kind = Object.keys(userTypes).find((one) => userTypes[one]?.includes(word));
    if (kind === undefined) return undefined;
    if (text.toLowerCase() !== kind) map[text] = kind;
  }
  return readAs(column, Object.keys(map).length === 0 ? {} : { map });
}

/** The parts of a user, and the columns that they are read from. */
class UserDraft {
  readonly item: Item = {};
  readonly #used = new Set<SampledColumn>();

  set(key: string, value: ValueSpec | undefined, ...columns: readonly SampledColumn[]): void {
    if (value === undefined) return;
    this.item[key] = value;
    for (const column of columns) this.#used.add(column);
  }

  uses(column: SampledColumn): boolean {
    return this.#used.has(column);
  }

  get columns(): readonly SampledColumn[] {
    return [...this.#used];
  }
}

/** What names the users of a file whose headers do not tell: the first column that is different in each row. */
function likelyKey({ by, sample }: Table): SampledColumn | undefined {
  if (by.has('firstName') && by.has('lastName')) return undefined;
  const isKey = (column: SampledColumn) => !column.isList && distinctValues(column).length === column.cells.length;
  return sample.columns.find(isKey) ?? sample.columns[0];
}

/** The id and the name that people know: a full name, first and last name, or the login beside an id. */
function draftNaming(draft: UserDraft, { by }: Table, key: SampledColumn | undefined): void {
  const full = by.get('fullName');
  const parts = (['firstName', 'lastName'] as const).flatMap((meaning) => by.get(meaning) ?? []);
  const joined = parts.length === 2 ? joinColumns(parts) : undefined;
  if (key === undefined) {
    draft.set('name', joined, ...parts);
    return;
  }
  const login = by.get('login');
  const display = full !== undefined && full !== key ? full : undefined;
  if (display !== undefined) {
    draft.set('id', readAs(key), key);
    draft.set('name', readAs(display), display);
  } else if (joined !== undefined) {
    draft.set('id', readAs(key), key);
    draft.set('name', joined, ...parts);
  } else if (login !== undefined && key === by.get('userId')) {
    draft.set('id', readAs(key), key);
    draft.set('name', readAs(login), login);
  } else draft.set('name', readAs(key), key);
}

function draftTimes(draft: UserDraft, { by }: Table, { comments }: Drafting): void {
  for (const meaning of dates) {
    const column = by.get(meaning);
    if (column === undefined) continue;
    const date = draftDate(column, true, { parent: draft.item, key: meaning, comments });
    draft.set(meaning, date, column);
  }
}

function draftActive(draft: UserDraft, { by }: Table): void {
  const active = by.get('isActive');
  const inactive = by.get('isInactive');
  if (active !== undefined) draft.set('isActive', draftBoolean(active, false), active);
  if (draft.item.isActive === undefined && inactive !== undefined) {
    draft.set('isActive', draftBoolean(inactive, true), inactive);
  }
}

/**
 * The user that a row describes.
 *
 * @param reference the key, in a table that refers to users which no other file describes
 */
export function draftUser(table: Table, drafting: Drafting, source: SourcePlace, reference?: SampledColumn): Item {
  const { by, sample } = table;
  const { keys, comments } = drafting;
  const key = reference ?? keys.users.keyOf(table) ?? likelyKey(table);
  const draft = new UserDraft();
  draftNaming(draft, table, key);
  const email = by.get('email');
  if (email !== undefined) {
    draft.set('email', readAs(email), email);
    if (valuesOf(email).every((text) => text.includes('@'))) {
      draft.item.identities = readAs(email);
      comments.add(
        draft.item,
        'identities',
        'Ties the user to the person who has this address in your identity provider.',
      );
    }
  }
  draftActive(draft, table);
  draftTimes(draft, table, drafting);
  const type = by.get('userType');
  if (type !== undefined) draft.set('userType', draftUserType(type), type);
  const described = [...draft.columns];
  if (reference === undefined) {
    const linked = links.flatMap((meaning) => by.get(meaning) ?? []);
    const rest = sample.columns.filter((column) => !draft.uses(column) && !linked.includes(column));
    const undecided = [by.get('isActive'), by.get('isInactive'), ...dates.map((meaning) => by.get(meaning))];
    const properties = drafting.properties(rest, 'user', source);
    if (properties !== undefined) draft.item.properties = properties;
    described.push(...rest);
    for (const column of rest.filter((one) => undecided.includes(one))) {
      comments.check(
        source.parent,
        source.key,
        `${JSON.stringify(column.name)} is a property, because its texts do not tell: ${someOf(distinctValues(column))}.`,
      );
    }
    const group = groupReference(table, drafting);
    if (group !== undefined) {
      draft.item.groups = drafting.reference(group, keys.groups, 'groups', { parent: draft.item, key: 'groups' });
    }
    Object.assign(draft.item, draftGrants(table, drafting));
  }
  return { user: withHead(draft, drafting, key, described) };
}

/** Puts in front what is said of the rows as a whole. */
function withHead(
  { item }: UserDraft,
  { comments }: Drafting,
  key: SampledColumn | undefined,
  described: readonly SampledColumn[],
): Item {
  if (key === undefined) return item;
  const when = whenFilled([key]);
  const conflict = findConflict(
    key,
    described.filter((column) => column !== key),
  );
  putFirst(item, {
    ...(when === undefined ? {} : { when }),
    ...(conflict === undefined ? {} : { conflicts: 'warning' }),
  });
  if (when !== undefined) {
    comments.check(item, 'when', `rows without ${JSON.stringify(key.name)} are passed over: they name no user.`);
  }
  if (conflict !== undefined) {
    comments.check(
      item,
      'conflicts',
      `${JSON.stringify(conflict.key)} comes again with another ${JSON.stringify(conflict.column)}. The first row stands, with a warning.`,
    );
  }
  return item;
}
