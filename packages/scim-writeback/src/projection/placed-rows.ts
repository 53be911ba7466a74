import { type Diagnostic, foldKey } from '@oaa-kit/oaa';
import type { ResourceKind } from '../directory/directory.ts';
import { quote } from '../protocol/resource/names.ts';
import type { PublishedKeys } from './published-keys.ts';
import type { Report } from './report.ts';

/** What users and groups of a payload have in common. */
export interface KeyedRow {
  readonly id?: string;
  readonly name: string;
}

/** A row of a base with what it is published as. */
export interface PlacedRow<Row> {
  /** Its place in the base. */
  readonly index: number;
  readonly row: Row;
  /** In the published payload. Undefined: the row is not published, since its link is a tombstone. */
  readonly key: string | undefined;
  /** SCIM id of its live link; undefined for a row that is published apart, as the base has it. */
  readonly id: string | undefined;
  /** As long as its resource has this version, it is published as the base has it. Null: nobody knows. */
  readonly version: number | null;
}

/**
 * The rows of one kind of a base, by what references of the base and ids of the directory name. Keys are those of the
 * links, which are set once for ever; a key of the base only leads to a row.
 */
export class PlacedRows<Row extends KeyedRow> {
  readonly all: readonly PlacedRow<Row>[];
  readonly #kind: ResourceKind;
  readonly #report: Report;
  readonly #byReference = new Map<string, PlacedRow<Row>>();
  readonly #byId = new Map<string, PlacedRow<Row>>();
  /** Keys of live links by SCIM id. */
  readonly #keys: ReadonlyMap<string, string>;
  /** The same of resources without a link, as soon as somebody asks. */
  readonly #made = new Map<string, string>();
  /** Folded; made when a key has to be found that nobody has. */
  #taken: Set<string> | undefined;

  /**
   * @param linking as in `BaseLinking`
   * @param versions as in `AsExtracted`
   * @throws RangeError when it is not that of these rows
   */
  constructor(
    kind: ResourceKind,
    rows: readonly Row[],
    linking: readonly (string | null)[],
    keys: PublishedKeys,
    report: Report,
    versions: readonly (number | null)[] = [],
  ) {
    if (linking.length !== rows.length) {
      throw new RangeError(`The base has ${rows.length} rows of ${kind}, and ${linking.length} are linked.`);
    }
    this.#kind = kind;
    this.#report = report;
    this.#keys = keys.live(kind);
    const gone = keys.gone(kind);
    this.all = rows.map((row, index) => this.#place(row, index, linking[index] ?? null, versions[index] ?? null, gone));
  }

  /** The row that a reference of the base names. */
  named(reference: string): PlacedRow<Row> | undefined {
    return this.#byReference.get(foldKey(reference));
  }

  /** The row that is linked to a resource. */
  linked(id: string): PlacedRow<Row> | undefined {
    return this.#byId.get(id);
  }

  /** The key of a resource in payloads. */
  keyOf(id: string): string {
    const known = this.#keys.get(id) ?? this.#made.get(id);
    if (known !== undefined) return known;
    const key = this.#free(id);
    this.#made.set(id, key);
    return key;
  }

  #place(
    row: Row,
    index: number,
    linkedTo: string | null,
    version: number | null,
    gone: ReadonlySet<string>,
  ): PlacedRow<Row> {
    const own = row.id ?? row.name;
    const reference = foldKey(own);
    const key = linkedTo === null ? undefined : this.#keys.get(linkedTo);
    // One row for a link: grants of a second one would be given to somebody else.
    const isLinked = linkedTo !== null && key !== undefined && !this.#byId.has(linkedTo);
    const isGone = linkedTo !== null && gone.has(linkedTo);
    const placed: PlacedRow<Row> = {
      index,
      row,
      key: isGone ? undefined : isLinked ? spelled(own, key) : this.#free(own),
      id: isLinked ? linkedTo : undefined,
      version: isLinked ? version : null,
    };
    if (isLinked) this.#byId.set(linkedTo, placed);
    if (!this.#byReference.has(reference)) this.#byReference.set(reference, placed);
    return placed;
  }

  /** A key that no live link has, and nobody else who is published apart. */
  #free(wanted: string): string {
    this.#taken ??= new Set(Array.from(this.#keys.values(), foldKey));
    let key = wanted;
    for (let number = 2; this.#taken.has(foldKey(key)); number += 1) key = `${wanted} (${number})`;
    this.#taken.add(foldKey(key));
    if (key !== wanted) this.#report(renamed(this.#kind, wanted, key));
    return key;
  }
}

/** The tenant does not tell keys by case: what the connector wrote stands where it is the same key. */
function spelled(own: string, key: string): string {
  return own === key || foldKey(own) === foldKey(key) ? own : key;
}

function renamed(kind: ResourceKind, wanted: string, key: string): Diagnostic {
  return {
    severity: 'warning',
    code: 'duplicate-key',
    path: '$.applications[0]',
    message: `Another ${kind === 'User' ? 'user' : 'group'} has the key ${quote(wanted)} for ever; the one that the base calls so is published apart as ${quote(key)}.`,
  };
}
