import { foldKey } from '@oaa-kit/oaa';
import type { RowMatch } from '../../../base/merge/match-by-key.ts';
import type { BaseRow } from '../../../base/merge/read-base.ts';
import { foldCase } from '../../../protocol/text/fold-case.ts';
import type { BaseNotice } from '../../bases.ts';
import type { ResourceKind } from '../../directory.ts';
import type { Link } from '../../write-back.ts';
import type { DirectoryChanges } from './read-changes-since.ts';

/** A row that is to become a resource. */
export interface NewRow {
  readonly index: number;
  readonly row: BaseRow;
  /** That the resource will have. */
  readonly id: string;
}

/** Who the rows of one kind are. */
export interface LinkedRows {
  /** For each row the id of its resource: live, about to be made, or deleted and swallowing the row; null for neither. */
  readonly ids: readonly (string | null)[];
  /** The row of each live resource that has one. */
  readonly rowOf: ReadonlyMap<string, BaseRow>;
  /** Resources that an ambiguous row may be: nobody can say that the base does not have them. */
  readonly contested: ReadonlySet<string>;
  readonly created: readonly NewRow[];
  /** What has to be written of links. */
  readonly nativeIds: readonly { readonly kind: ResourceKind; readonly id: string; readonly nativeId: string }[];
  readonly tombstones: readonly Link[];
  readonly notices: readonly BaseNotice[];
}

/** Collects what the matches of rows come to. */
export class Linking {
  readonly #kind: ResourceKind;
  readonly #links: ReadonlyMap<string, Link>;
  readonly #deletions: ReadonlyMap<string, number>;
  /** Of all resources where a name is the key. */
  readonly #names: ReadonlyMap<string, string>;
  readonly #ids = new Map<number, string>();
  readonly #rowOf = new Map<string, BaseRow>();
  readonly #nativeIds: { kind: ResourceKind; id: string; nativeId: string }[] = [];
  /** By id: rows of several names may be those of one resource. */
  readonly #tombstones = new Map<string, Link>();
  readonly #notices: BaseNotice[] = [];
  readonly #contested = new Set<string>();

  constructor(
    kind: ResourceKind,
    links: ReadonlyMap<string, Link>,
    { renamed }: DirectoryChanges,
    names: ReadonlyMap<string, string>,
  ) {
    this.#names = names;
    this.#kind = kind;
    this.#links = links;
    this.#deletions = new Map(
      renamed.flatMap(({ id, deletedAt }) => (deletedAt === undefined ? [] : [[id, deletedAt]])),
    );
  }

  enter(rows: readonly BaseRow[], index: number, match: RowMatch): void {
    const row = rows[index] as BaseRow;
    const kind = this.#kind;
    if (match.type === 'ambiguous') {
      this.#notices.push(ambiguous(kind, row));
      for (const id of match.ids) this.#contested.add(id);
      return;
    }
    const { id } = match;
    const link = this.#links.get(id);
    this.#ids.set(index, id);
    if (match.type === 'swallowed') {
      this.#notices.push(swallowed(kind, row));
      if (link === undefined && !this.#tombstones.has(id)) this.#tombstones.set(id, this.#tombstoneOf(id, row));
      return;
    }
    this.#rowOf.set(id, row);
    if (link === undefined) return;
    const isFirst = link.nativeId === undefined;
    const isRenamed = this.#names.get(id) === foldCase(row.entity.name);
    const isOther = link.nativeId === undefined || foldKey(link.nativeId) !== row.foldedKey;
    if (isOther && (isFirst || isRenamed)) this.#nativeIds.push({ kind, id, nativeId: row.key });
  }

  /** Of a resource that had no link when it was deleted. */
  #tombstoneOf(id: string, { key }: BaseRow): Link {
    return { kind: this.#kind, id, key, nativeId: key, state: 'tombstone', since: this.#deletions.get(id) ?? 0 };
  }

  result(count: number, created: readonly NewRow[]): LinkedRows {
    for (const { index, id, row } of created) {
      this.#ids.set(index, id);
      this.#rowOf.set(id, row);
    }
    return {
      ids: Array.from({ length: count }, (_, index) => this.#ids.get(index) ?? null),
      rowOf: this.#rowOf,
      created,
      nativeIds: this.#nativeIds,
      tombstones: [...this.#tombstones.values()],
      notices: this.#notices,
      contested: this.#contested,
    };
  }
}

function ambiguous(kind: ResourceKind, { key, entity }: BaseRow): BaseNotice {
  return {
    code: 'link.ambiguous',
    kind,
    key,
    message: `${JSON.stringify(entity.name)} of the base may be a ${kind} that the directory has under the same name or e-mail address, and it cannot be said which; both are published, apart.`,
  };
}

function swallowed(kind: ResourceKind, { key, entity }: BaseRow): BaseNotice {
  return {
    code: 'link.swallowed',
    kind,
    key,
    message: `${JSON.stringify(entity.name)} was deleted after the extraction began; the row and its grants do not count.`,
  };
}
