import { type JsonObject, own } from '../payload/json.ts';

interface Described {
  /** Of a provider. */
  readonly state?: string | undefined;
  /** Of a data source. */
  readonly status?: string | undefined;
  /** What the tenant sent; data sources have a `state` here. */
  readonly raw?: JsonObject | undefined;
}

function isWord(word: unknown): boolean {
  return typeof word === 'string' && word.toUpperCase() === 'DELETING';
}

/**
 * Whether the tenant is deleting a provider or a data source in the background (reference 2.3.2, 2.4). Its name is taken
 * until it is gone, and nothing may be sent to it. How the tenant writes the word does not matter.
 */
export function isBeingDeleted({ state, status, raw = {} }: Described): boolean {
  return [state, status, own(raw, 'state')].some(isWord);
}
