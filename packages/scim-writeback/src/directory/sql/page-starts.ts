import type { ResourceKind } from '../directory.ts';

/** Where a page of all resources of a kind began, when it was read. */
export interface PageStart {
  /** The id of its first resource. */
  readonly from: string;
  /** Of the organization. At another one, resources may have come or gone. */
  readonly revision: number;
  /** How many resources of the kind there were. */
  readonly total: number;
}

/** Enough for all who read long lists at the same time, each of whom needs the next page only. */
const maxKept = 1_000;

/**
 * Where pages begin that were read, and those behind them. Whoever reads a long list page by page would otherwise have the
 * database pass over all the pages before, each time.
 */
export class PageStarts {
  /** The oldest first. */
  readonly #starts = new Map<string, PageStart>();

  /** @param offset resources before the page */
  find(organization: string, kind: ResourceKind, offset: number): PageStart | undefined {
    return this.#starts.get(keyOf(organization, kind, offset));
  }

  remember(organization: string, kind: ResourceKind, offset: number, start: PageStart): void {
    const key = keyOf(organization, kind, offset);
    this.#starts.delete(key);
    this.#starts.set(key, start);
    if (this.#starts.size <= maxKept) return;
    for (const oldest of this.#starts.keys()) {
      this.#starts.delete(oldest);
      return;
    }
  }
}

function keyOf(organization: string, kind: ResourceKind, offset: number): string {
  return `${kind} ${offset} ${organization}`;
}
