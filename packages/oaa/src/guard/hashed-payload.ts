import { plainPayload } from '../payload/diff/diff-payloads.ts';
import type { JsonObject } from '../payload/json.ts';
import type { PayloadSource } from '../payload/serialise.ts';
import { type FactHashes, hashFacts } from './hash-facts.ts';

/** The facts of a payload, hashed once for each salt. */
export class HashedPayload {
  readonly #payload: JsonObject;
  readonly #hashes = new Map<string, FactHashes>();

  constructor(payload: PayloadSource) {
    this.#payload = plainPayload(payload);
  }

  with(salt: string): FactHashes {
    const known = this.#hashes.get(salt) ?? hashFacts(this.#payload, salt);
    this.#hashes.set(salt, known);
    return known;
  }
}
