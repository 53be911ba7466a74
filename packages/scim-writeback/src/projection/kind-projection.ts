import { type Diagnostic, foldKey, type PropertyValue } from '@oaa-kit/oaa';
import type { ResourceState } from '../attributes/local-user.ts';
import type { ResourceKind } from '../directory/directory.ts';
import { quote } from '../protocol/resource/names.ts';
import type { KeyedRow, PlacedRows } from './placed-rows.ts';
import type { Quarantine } from './quarantine.ts';
import type { Report } from './report.ts';

/** A resource of the directory, as far as payloads show it. */
export interface ProjectedResource extends ResourceState {
  readonly id: string;
}

/** What is published of users and of groups in the same way. */
export interface MemberRow extends KeyedRow {
  readonly groups?: readonly string[];
  readonly custom_properties?: Readonly<Record<string, PropertyValue>>;
}

/** How resources of a kind become rows of a payload. */
export interface RowMaker<Row extends MemberRow> {
  readonly kind: ResourceKind;
  make(resource: ResourceState): Made<Row>;
  overlay(base: Row, resource: ResourceState): Made<Row>;
}

interface Made<Row> {
  readonly row: Row;
  readonly diagnostics: readonly Diagnostic[];
}

/** So many groups are compared with one another without a table of them. */
const fewGroups = 16;

/** The users, or the groups, of the payload that is being made. */
export class KindProjection<Row extends MemberRow> {
  readonly #maker: RowMaker<Row>;
  readonly #rows: PlacedRows<Row>;
  readonly #groups: PlacedRows<KeyedRow>;
  readonly #quarantine: Quarantine;
  readonly #report: Report;
  /** Rows of the base that the directory has, as they are published, at their places in the base. */
  readonly #overlaid: (Row | undefined)[];
  readonly #created: Row[] = [];

  constructor(options: {
    readonly maker: RowMaker<Row>;
    readonly rows: PlacedRows<Row>;
    readonly groups: PlacedRows<KeyedRow>;
    readonly quarantine: Quarantine;
    readonly report: Report;
  }) {
    this.#maker = options.maker;
    this.#rows = options.rows;
    this.#overlaid = new Array(options.rows.all.length);
    this.#groups = options.groups;
    this.#quarantine = options.quarantine;
    this.#report = options.report;
  }

  /** Whether a resource of this version need not be read, and may be given to `addAsExtracted`. */
  isAsExtracted(id: string, version: number): boolean {
    return this.#rows.linked(id)?.version === version;
  }

  /** @throws RangeError for a resource of which nothing says so */
  addAsExtracted(id: string, groupIds: readonly string[]): void {
    const placed = this.#rows.linked(id);
    if (placed?.version == null) throw new RangeError(`Nothing says that ${id} is as it was extracted.`);
    const { row, key } = placed;
    const groups = this.#groupsOf(row.groups, groupIds);
    this.#overlaid[placed.index] = this.#settled(row, key ?? this.#rows.keyOf(id), groups);
  }

  add(resource: ProjectedResource, groupIds: readonly string[]): void {
    const key = this.#rows.keyOf(resource.id);
    const placed = this.#rows.linked(resource.id);
    if (placed === undefined) {
      const { row, diagnostics } = this.#maker.make(resource);
      diagnostics.forEach(this.#report);
      this.#created.push(this.#settled({ ...row, id: key }, key, this.#groupsOf(undefined, groupIds)));
    } else {
      // When the directory came to know of somebody is not when the application made the account.
      const { row, diagnostics } = this.#maker.overlay(placed.row, { attributes: resource.attributes });
      diagnostics.forEach(this.#report);
      this.#overlaid[placed.index] = this.#settled(row, placed.key ?? key, this.#groupsOf(row.groups, groupIds));
    }
  }

  /** The rows of the base in their order, then what SCIM created in the order in which it came. */
  finish(): { readonly rows: readonly Row[]; readonly apart: ReadonlySet<Row> } {
    const rows: Row[] = [];
    const apart = new Set<Row>();
    for (const placed of this.#rows.all) {
      const { row, key } = placed;
      if (key === undefined) continue;
      const overlaid = this.#overlaid[placed.index];
      if (overlaid !== undefined) {
        rows.push(overlaid);
        continue;
      }
      if (placed.id !== undefined) this.#report(missing(placed.row.name));
      const asExtracted = this.#settled(row, key, this.#groupsApart(row.groups));
      rows.push(asExtracted);
      apart.add(asExtracted);
    }
    for (const row of this.#created) rows.push(row);
    return { rows, apart };
  }

  /** The row with its key and groups; the very same object where nothing is different. */
  #settled(row: Row, key: string, groups: readonly string[]): Row {
    let settled = row.id === key ? row : { ...row, id: key };
    if (!isSameList(settled.groups ?? [], groups)) {
      const { groups: _, ...rest } = settled;
      settled = (groups.length > 0 ? { ...rest, groups } : rest) as Row;
    }
    // Names of local users and groups may not be empty; the directory keeps none that is.
    if (settled.name === '') settled = { ...settled, name: key };
    return this.#quarantine.isEmpty ? settled : this.#quarantine.applyTo(this.#maker.kind, settled, key);
  }

  /**
   * The groups of whom the directory knows: those that it says, in the order and spelling of the base, and of the base those
   * groups of which the directory knows nothing.
   */
  #groupsOf(listed: readonly string[] | undefined, groupIds: readonly string[]): readonly string[] {
    if (this.#areGroups(listed, groupIds)) return listed;
    const wanted = new Set(groupIds);
    const keys: string[] = [];
    for (const reference of listed ?? []) {
      const group = this.#groups.named(reference);
      if (group?.key === undefined) continue;
      if (group.id === undefined || wanted.delete(group.id)) keys.push(spelledAs(reference, group.key));
    }
    for (const id of wanted) keys.push(this.#groups.keyOf(id));
    return keys;
  }

  /** Whether the base lists exactly these groups, by their keys: most are in the groups in which they were. */
  #areGroups(listed: readonly string[] | undefined, groupIds: readonly string[]): listed is readonly string[] {
    if (listed === undefined || listed.length !== groupIds.length || listed.length > fewGroups) return false;
    return listed.every((reference, index) => {
      const group = this.#groups.named(reference);
      if (group?.key !== reference || group.id === undefined) return false;
      return groupIds.includes(group.id) && listed.indexOf(reference) === index;
    });
  }

  /** The groups of somebody of whom the directory knows nothing. */
  #groupsApart(listed: readonly string[] | undefined): readonly string[] {
    return (listed ?? []).flatMap((reference) => {
      const key = this.#groups.named(reference)?.key;
      return key === undefined ? [] : [spelledAs(reference, key)];
    });
  }
}

function spelledAs(reference: string, key: string): string {
  return reference === key || foldKey(reference) === foldKey(key) ? reference : key;
}

function isSameList(one: readonly string[], other: readonly string[]): boolean {
  if (one === other) return true;
  return one.length === other.length && one.every((text, index) => text === other[index]);
}

function missing(name: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'conflicting-row',
    path: '$.applications[0]',
    message: `${quote(name)} of the base is linked to a resource that the directory does not have; it is published as the base has it.`,
  };
}
