import { hash } from 'node:crypto';
import { visitFacts } from '../payload/diff/visit-facts.ts';
import type { JsonObject } from '../payload/json.ts';

/** For each kind the hashes of its facts, in ascending order, each once: 64 bits of a salted SHA-256. */
export type FactHashes = ReadonlyMap<string, BigUint64Array>;

const hashBytes = 8;

/** A list of hashes that grows; 8 bytes for each. */
class HashList {
  #bytes = new Uint8Array(1024 * hashBytes);
  #length = 0;

  /** @param digest with one character for each byte */
  add(digest: string): void {
    if (this.#length === this.#bytes.length) {
      const larger = new Uint8Array(2 * this.#length);
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    for (let index = 0; index < hashBytes; index += 1) this.#bytes[this.#length + index] = digest.charCodeAt(index);
    this.#length += hashBytes;
  }

  sorted(): BigUint64Array {
    return withoutDoubles(new BigUint64Array(this.#bytes.buffer, 0, this.#length / hashBytes).sort());
  }
}

function withoutDoubles(sorted: BigUint64Array): BigUint64Array {
  let kept = 0;
  for (let index = 0; index < sorted.length; index += 1) {
    const value = sorted[index];
    if (value === undefined || (kept > 0 && sorted[kept - 1] === value)) continue;
    sorted[kept] = value;
    kept += 1;
  }
  return sorted.subarray(0, kept);
}

/**
 * Hashes every fact of a payload whose removal counts. Hashes of two payloads can be compared when they have the same
 * salt. Takes 8 bytes for each fact and no copy of the payload.
 */
export function hashFacts(payload: JsonObject, salt: string): FactHashes {
  const lists = new Map<string, HashList>();
  visitFacts(payload, (kind, key) => {
    let list = lists.get(kind);
    if (list === undefined) {
      list = new HashList();
      lists.set(kind, list);
    }
    list.add(hash('sha256', salt + key, 'binary'));
  });
  return new Map(Array.from(lists, ([kind, list]) => [kind, list.sorted()]));
}
