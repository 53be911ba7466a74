import type { ResourceKind } from '../directory/directory.ts';
import type { Link } from '../directory/write-back.ts';

/** What a projection asks of a link. */
export type KeyedLink = Pick<Link, 'kind' | 'id' | 'key' | 'state'>;

/** Under which keys the resources of an organization are published, and who is gone. */
export class PublishedKeys {
  readonly #live = { User: new Map<string, string>(), Group: new Map<string, string>() };
  readonly #gone = { User: new Set<string>(), Group: new Set<string>() };

  /** @param links all of the organization, tombstones too */
  static of(links: Iterable<KeyedLink>): PublishedKeys {
    const keys = new PublishedKeys();
    for (const link of links) keys.add(link);
    return keys;
  }

  add({ kind, id, key, state }: KeyedLink): void {
    if (state === 'live') this.#live[kind].set(id, key);
    else this.#gone[kind].add(id);
  }

  /** Keys of live links, by SCIM id. */
  live(kind: ResourceKind): ReadonlyMap<string, string> {
    return this.#live[kind];
  }

  /** SCIM ids of tombstones. */
  gone(kind: ResourceKind): ReadonlySet<string> {
    return this.#gone[kind];
  }
}
