import { listDelimiter } from './list-form.ts';
import type { Meaning } from './meanings.ts';
import { itemSeparator, type SampledColumn, valuesOf } from './source-sample.ts';
import { type Table, userKeys } from './table-shape.ts';

/** Names in a column, each once, in lower case as the tenant compares them; `list` splits its cells. */
export function namesIn(column: SampledColumn, list = listDelimiter(column)): Map<string, string> {
  const names = new Map<string, string>();
  const delimiter = column.isList ? itemSeparator : list;
  for (const cell of valuesOf(column)) {
    for (const part of delimiter === undefined ? [cell] : cell.split(delimiter)) {
      const name = part.trim();
      if (name !== '' && !names.has(name.toLowerCase())) names.set(name.toLowerCase(), name);
    }
  }
  return names;
}

function overlap(references: SampledColumn, keys: SampledColumn): number {
  const [wanted, known] = [namesIn(references), namesIn(keys)];
  if (wanted.size === 0) return 0;
  let found = 0;
  for (const name of wanted.keys()) if (known.has(name)) found += 1;
  return found / wanted.size;
}

/** Columns of a table that could name an entity, the likeliest first. */
function candidates(table: Table, meanings: readonly Meaning[]): SampledColumn[] {
  return meanings.flatMap((meaning) => table.by.get(meaning) ?? []);
}

/** The share of rows in which a column is filled. */
function filled(column: SampledColumn): number {
  return column.cells.length === 0 ? 1 : valuesOf(column).length / column.cells.length;
}

/** How one kind of entity is named, in the tables that describe it and in those that refer to it. */
export class Keys {
  readonly #key = new Map<Table, SampledColumn>();
  readonly #reference = new Map<Table, SampledColumn>();
  /** Names in the tables that describe entities of the kind. */
  readonly names = new Map<string, string>();
  /** Whether all names are known: some table describes them, and all such tables were read to their end. */
  readonly isComplete: boolean;
  readonly isDescribed: boolean;

  /**
   * Takes for the key what the other tables refer to, and where that leaves a choice, the likeliest column.
   *
   * @param meanings of columns that name an entity, the likeliest key first
   */
  constructor(describing: readonly Table[], referring: readonly Table[], meanings: readonly Meaning[]) {
    for (const table of describing) {
      let best: { readonly column: SampledColumn; readonly score: number } | undefined;
      for (const column of candidates(table, meanings)) {
        const others = referring.filter((other) => other !== table);
        const agreeing = others.map((other) =>
          Math.max(0, ...candidates(other, meanings).map((reference) => overlap(reference, column))),
        );
        const score = agreeing.reduce((sum, value) => sum + value, 0) + (filled(column) < 1 ? -1 : 0);
        if (best === undefined || score > best.score) best = { column, score };
      }
      if (best === undefined) continue;
      this.#key.set(table, best.column);
      for (const [folded, name] of namesIn(best.column)) if (!this.names.has(folded)) this.names.set(folded, name);
    }
    for (const table of referring) {
      let best: { readonly column: SampledColumn; readonly score: number } | undefined;
      for (const column of candidates(table, meanings)) {
        const score = Math.max(0, ...Array.from(this.#key.values(), (key) => overlap(column, key)));
        if (best === undefined || score > best.score) best = { column, score };
      }
      if (best !== undefined) this.#reference.set(table, best.column);
    }
    this.isDescribed = this.#key.size > 0;
    this.isComplete = this.isDescribed && describing.every(({ sample }) => sample.complete);
  }

  /** The column that names the entity which a row of the table describes. */
  keyOf(table: Table): SampledColumn | undefined {
    return this.#key.get(table);
  }

  /** The column of a table that refers to such entities. */
  referenceOf(table: Table): SampledColumn | undefined {
    return this.#reference.get(table);
  }

  /** Names in a column that no table describes, as far as that is known. */
  missing(column: SampledColumn): string[] {
    if (!this.isComplete) return [];
    return Array.from(namesIn(column)).flatMap(([folded, name]) => (this.names.has(folded) ? [] : [name]));
  }
}

/** How users, groups and roles are named in a set of files. */
export interface AllKeys {
  readonly users: Keys;
  readonly groups: Keys;
  readonly roles: Keys;
}

const groupKeys = ['groupId', 'group'] as const satisfies readonly Meaning[];
const roleKeys = ['roleId', 'role'] as const satisfies readonly Meaning[];

export function findKeys(tables: readonly Table[]): AllKeys {
  const of = (...kinds: readonly Table['kind'][]) => tables.filter(({ kind }) => kinds.includes(kind));
  return {
    users: new Keys(of('users'), of('memberships', 'assignments', 'groups'), userKeys),
    groups: new Keys(of('groups', 'memberships'), of('users', 'assignments'), groupKeys),
    roles: new Keys(of('roles', 'rolePermissions'), of('users', 'assignments'), roleKeys),
  };
}
