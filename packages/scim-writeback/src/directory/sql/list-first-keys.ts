import { ScimError } from '../../protocol/errors/scim-error.ts';
import { compareSortKeys, type SortKey } from '../../protocol/sort/sort-key.ts';

/** What is kept at most for an order that no column has. */
export interface SortBounds {
  /** How far into such a list a page may reach. */
  readonly keys: number;
  /** UTF-16 units of all kept keys. */
  readonly textLength: number;
}

const sortBounds: SortBounds = { keys: 100_000, textLength: 32 * 1024 * 1024 };

/** How many keys may wait to be sorted, besides those that are kept. */
const waiting = 10_000;

/** The first keys in an order, however many are added. */
export class FirstKeys {
  readonly #limit: number;
  readonly #descending: boolean;
  readonly #bounds: SortBounds;
  #keys: SortKey[] = [];
  #textLength = 0;
  #overflown = false;

  constructor(limit: number, descending: boolean, bounds = sortBounds) {
    this.#limit = limit;
    this.#descending = descending;
    this.#bounds = bounds;
  }

  add(key: SortKey): void {
    if (this.#overflown) return;
    this.#keys.push(key);
    this.#textLength += textLength(key);
    const full = this.#keys.length >= Math.min(this.#limit, this.#bounds.keys) + waiting;
    if (full || this.#textLength > 2 * this.#bounds.textLength) this.#settle();
  }

  /** @throws ScimError 400 `tooMany` where more would have to be kept than the bounds have */
  sorted(): readonly SortKey[] {
    this.#settle();
    if (this.#overflown) throw tooMany(this.#bounds);
    return this.#keys;
  }

  #settle(): void {
    this.#keys.sort((left, right) => compareSortKeys(left, right, this.#descending));
    this.#keys.length = Math.min(this.#keys.length, this.#limit);
    this.#textLength = this.#keys.reduce((sum, key) => sum + textLength(key), 0);
    const { keys, textLength: most } = this.#bounds;
    if (this.#keys.length <= keys && this.#textLength <= most) return;
    this.#overflown = true;
    this.#keys = [];
  }
}

function textLength({ value }: SortKey): number {
  return typeof value === 'string' ? value.length : 0;
}

// RFC 7644 s3.12 table 9.
function tooMany({ keys }: SortBounds): ScimError {
  const bySome = 'id, userName, displayName, externalId, active, meta.created or meta.lastModified';
  const detail = `This page is too far behind in a list that is sorted so: ask within the first ${keys}, filter the list, or sort by ${bySome}.`;
  return new ScimError(400, 'tooMany', detail);
}
