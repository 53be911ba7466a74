/** Reading of JSON values that nobody has checked: what is not of the asked kind counts as absent. */

export type JsonObject = Readonly<Record<string, unknown>>;

const nothing: readonly unknown[] = [];

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** An own property, so that no name reaches into the prototype. */
export function own(value: JsonObject, name: string): unknown {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

export function textOf(value: JsonObject, name: string): string | undefined {
  const item = own(value, name);
  return typeof item === 'string' ? item : undefined;
}

export function listOf(value: JsonObject, name: string): readonly unknown[] {
  const item = own(value, name);
  return Array.isArray(item) ? item : nothing;
}
