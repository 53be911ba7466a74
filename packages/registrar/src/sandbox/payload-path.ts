const segment = /\.([A-Za-z_][A-Za-z0-9_]*)|\[(\d+)\]|\['((?:[^'\\]|\\.)*)'\]/g;

/** The names and indexes in a JSONPath of a diagnostic: `$.a['b c'][0]` has `a`, `b c` and 0. */
export function pathSegments(path: string): (string | number)[] {
  return Array.from(path.matchAll(segment), ([, plain, index, quoted]) =>
    index === undefined ? (plain ?? (quoted as string).replace(/\\(.)/g, '$1')) : Number(index),
  );
}

/** The value at a path; undefined when there is none. */
export function valueAt(document: unknown, segments: readonly (string | number)[]): unknown {
  let value = document;
  for (const name of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined;
    value = (value as Readonly<Record<string | number, unknown>>)[name];
  }
  return value;
}
