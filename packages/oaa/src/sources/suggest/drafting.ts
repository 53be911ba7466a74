import type { PropertyType } from '../../payload/properties.ts';
import type { ValueSpec } from '../mapping/value-spec.ts';
import { type Comments, someOf } from './comments.ts';
import { type Meaning, meaningOf } from './meanings.ts';
import { propertyName, propertyType } from './property-form.ts';
import { type AllKeys, type Keys, namesIn } from './references.ts';
import { distinctValues, type SampledColumn } from './source-sample.ts';
import type { Table } from './table-shape.ts';
import { draftDate, fitsExpression, readAs, readNames } from './value-drafts.ts';

/** References to entities, as a mapping has them. */
type ReferencesDraft =
  | ValueSpec
  | { readonly names: ValueSpec; readonly unknown: 'create' | 'warning'; readonly effects?: readonly string[] };

type Definitions = Record<string, PropertyType>;
/** What has the properties: a kind of entity, or resources of a type. */
type PropertyHolder = 'user' | 'group' | 'role' | { readonly resource: string };
export type Item = Record<string, unknown>;

/** Where the source of a file stands in the mapping, for comments. */
export interface SourcePlace {
  readonly parent: object;
  readonly key: number;
}

/** At most so many columns of a file become properties; more are named in a comment. */
const maximumProperties = 40;

/** What the drafts of all files share. */
export class Drafting {
  readonly keys: AllKeys;
  readonly comments: Comments;
  readonly tables: readonly Table[];
  /** Permissions whose meaning no file tells, in order of appearance, by folded name. */
  readonly unexplained = new Map<string, string>();
  readonly definitions: {
    user: Definitions;
    group: Definitions;
    role: Definitions;
    resources: Record<string, Definitions>;
  } = {
    user: {},
    group: {},
    role: {},
    resources: {},
  };

  constructor(tables: readonly Table[], keys: AllKeys, comments: Comments) {
    this.tables = tables;
    this.keys = keys;
    this.comments = comments;
  }

  /** References to users or groups that other files describe; those that do not exist are told and left out. */
  reference(
    column: SampledColumn,
    keys: Keys,
    what: string,
    place: { readonly parent: object; readonly key: string },
  ): ReferencesDraft {
    const names = readNames(column, new Set(keys.names.keys()));
    if (!keys.isDescribed) return { names, unknown: 'create' };
    const missing = keys.missing(column);
    if (missing.length === 0) return names;
    this.comments.check(
      place.parent,
      place.key,
      `no row describes the ${what} ${someOf(missing)}. A build warns of such rows and leaves the reference out.`,
    );
    return { names, unknown: 'warning' };
  }

  /** References to roles: those that no file describes are made, each with a permission of its own name. */
  roles(column: SampledColumn): ReferencesDraft {
    const { roles } = this.keys;
    const names = readNames(column, new Set(roles.names.keys()));
    const missing = roles.isDescribed ? roles.missing(column) : [...namesIn(column).values()];
    if (roles.isDescribed && missing.length === 0) return names;
    this.explain(missing);
    return { names, unknown: 'create', effects: ['Uncategorized'] };
  }

  /** References to permissions: those that no file describes are made. */
  permissions(column: SampledColumn): ReferencesDraft {
    const described = new Map<string, string>();
    for (const { kind, by } of this.tables) {
      const name = by.get('permission');
      if (kind === 'permissions' && name !== undefined)
        for (const [folded, one] of namesIn(name)) described.set(folded, one);
    }
    const names = readNames(column, new Set(described.keys()));
    const missing = Array.from(namesIn(column)).flatMap(([folded, name]) => (described.has(folded) ? [] : [name]));
    if (described.size > 0 && missing.length === 0) return names;
    this.explain(missing);
    return { names, unknown: 'create' };
  }

  /** Notes permissions for the list of those that a person has to give a meaning. */
  explain(names: readonly string[]): void {
    for (const name of names)
      if (!this.unexplained.has(name.toLowerCase())) this.unexplained.set(name.toLowerCase(), name);
  }

  #definitionsOf(kind: PropertyHolder): Definitions {
    if (typeof kind === 'string') return this.definitions[kind];
    const { resources } = this.definitions;
    const known = resources[kind.resource] ?? {};
    resources[kind.resource] = known;
    return known;
  }

  /** Columns without a meaning as properties of an entity, and comments on those that are left out. */
  properties(
    columns: readonly SampledColumn[],
    kind: PropertyHolder,
    source: SourcePlace,
  ): Record<string, ValueSpec> | undefined {
    const definitions = this.#definitionsOf(kind);
    const isHidden = ({ name }: SampledColumn) => ['secret', 'personal'].includes(meaningOf(name) ?? ('' as Meaning));
    const hidden = columns.filter(isHidden);
    const open = columns.filter((column) => !isHidden(column));
    if (hidden.length > 0) {
      const names = someOf(
        hidden.map(({ name }) => name),
        10,
      );
      this.comments.add(source.parent, source.key, `Left out, because it looks secret or private: ${names}.`);
    }
    if (open.length > maximumProperties) {
      const names = open.slice(maximumProperties).map(({ name }) => name);
      this.comments.add(
        source.parent,
        source.key,
        `Left out, because there are so many columns: ${someOf(names, 20)}.`,
      );
    }
    const properties: Record<string, ValueSpec> = {};
    const own = new Set<string>();
    for (const column of open.slice(0, maximumProperties)) {
      const type = propertyType(column);
      const clashes = Object.keys(definitions).filter((name) => own.has(name) || definitions[name] !== type);
      const name = propertyName(column.name, new Set(clashes));
      own.add(name);
      definitions[name] = type;
      const place = { parent: properties, key: name, comments: this.comments };
      properties[name] = (type === 'TIMESTAMP' ? draftDate(column, false, place) : undefined) ?? readAs(column);
    }
    return own.size === 0 ? undefined : properties;
  }
}

/** `when` for rows that have something in all of these columns; undefined where every sampled row has. */
export function whenFilled(columns: readonly SampledColumn[]): Item | undefined {
  const gaps = [...new Set(columns)].filter(({ cells }) => cells.includes(''));
  const [first, ...more] = gaps;
  if (first === undefined) return undefined;
  if (more.length === 0 || gaps.some(({ name }) => !fitsExpression(name))) return { column: first.name, empty: false };
  const expression = more.reduce((inner, { name }) => `{{#if [${name}]}}${inner}{{/if}}`, `{{[${first.name}]}}`);
  return { expression, empty: false };
}

/** Puts keys in front of those that an object has. The object stays the same, because comments belong to it. */
export function putFirst(item: Item, head: Item): Item {
  const parts = Object.entries(item);
  for (const [name] of parts) delete item[name];
  return Object.assign(item, head, Object.fromEntries(parts));
}

/** A key that comes again with other values in these columns, for example; undefined when there is none. */
export function findConflict(
  key: SampledColumn,
  columns: readonly SampledColumn[],
): { readonly key: string; readonly column: string } | undefined {
  const first = new Map<string, number>();
  for (const [row, cell] of key.cells.entries()) {
    const folded = cell.toLowerCase();
    const before = first.get(folded);
    if (cell === '') continue;
    if (before === undefined) {
      first.set(folded, row);
      continue;
    }
    const other = columns.find(({ cells }) => cells[row] !== '' && cells[row] !== cells[before]);
    if (other !== undefined) return { key: cell, column: other.name };
  }
  return undefined;
}

/** Whether a column says of rows that they belong to several applications. */
export function applicationColumn({ by }: Table): SampledColumn | undefined {
  const column = by.get('application');
  return column !== undefined && distinctValues(column).length > 1 ? column : undefined;
}
