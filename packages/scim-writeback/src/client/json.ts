import { foldName } from '../protocol/text/fold-name.ts';

/** An object of an answer, of which nothing is known yet. */
export interface JsonObject {
  readonly [name: string]: unknown;
}

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member of a SCIM object by its name, in whatever case the other side writes it (RFC 7643 s2.1); own ones only. */
export function member(object: JsonObject, name: string): unknown {
  if (Object.hasOwn(object, name)) return object[name];
  const folded = foldName(name);
  const key = Object.keys(object).find((candidate) => foldName(candidate) === folded);
  return key === undefined ? undefined : object[key];
}
