import { foldKey } from '@oaa-kit/oaa';
import type { Link } from '../../directory/write-back.ts';
import type { BaseRow } from './read-base.ts';

/** What a row of a base turned out to be. */
export type RowMatch =
  /** The row of this resource. */
  | { readonly type: 'linked'; readonly id: string }
  /** A row of this deleted resource, extracted before it was deleted: nothing of it counts any more. */
  | { readonly type: 'swallowed'; readonly id: string }
  /** It may be one of these resources, and nobody can say whether and which: all are published, apart. */
  | { readonly type: 'ambiguous'; readonly ids: readonly string[] };

export interface KeyMatchInput {
  readonly rows: readonly BaseRow[];
  /** Of the kind: live, or tombstones since the extraction began. */
  readonly links: Iterable<Link>;
  /** Ids of links whose native id is one that bases have shown. */
  readonly shown: ReadonlySet<string>;
}

/**
 * Finds the links of rows by native id, then by OAA key. Undefined: no link has either.
 *
 * The native id of a row is its key. A link that has a native id is found by its key only where no base has ever shown that
 * native id: else the row is somebody new under the key of somebody who is called otherwise now.
 */
export function matchByKey({ rows, links, shown }: KeyMatchInput): readonly (RowMatch | undefined)[] {
  const live = { byNative: new Map<string, RowMatch>(), byKey: new Map<string, RowMatch>() };
  const swallowing = new Map<string, RowMatch>();
  for (const { id, key, nativeId, state } of links) {
    const native = nativeId === undefined ? undefined : foldKey(nativeId);
    const isByKey = native === undefined || !shown.has(id);
    if (state === 'tombstone') {
      if (native !== undefined) swallowing.set(native, { type: 'swallowed', id });
      if (isByKey) swallowing.set(foldKey(key), { type: 'swallowed', id });
      continue;
    }
    // Two resources that the application calls the same: neither is more so than the other.
    if (native !== undefined) live.byNative.set(native, either(live.byNative.get(native), id));
    if (isByKey) live.byKey.set(foldKey(key), { type: 'linked', id });
  }
  // Tombstones first: of who was deleted and hired again under the old name, the row may still be the old one.
  return rows.map(
    ({ foldedKey }) => swallowing.get(foldedKey) ?? live.byNative.get(foldedKey) ?? live.byKey.get(foldedKey),
  );
}

function either(known: RowMatch | undefined, id: string): RowMatch {
  if (known === undefined) return { type: 'linked', id };
  return { type: 'ambiguous', ids: [...(known.type === 'ambiguous' ? known.ids : [known.id]), id] };
}
