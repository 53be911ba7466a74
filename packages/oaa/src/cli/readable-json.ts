const step = '  ';

/**
 * JSON text for people: what fits into `width` columns stands in one line.
 *
 * @param keyLength columns that are taken in the first line
 */
export function readableJson(value: unknown, width: number, indent = '', keyLength = 0): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const isList = Array.isArray(value);
  const items = isList
    ? value.map((item): [string, unknown] => ['', item])
    : Object.entries(value).map(([key, item]): [string, unknown] => [`${JSON.stringify(key)}: `, item]);
  const [open, close] = isList ? '[]' : '{}';
  if (items.length === 0) return `${open}${close}`;
  const inLine = items.map(([key, item]) => key + readableJson(item, Number.POSITIVE_INFINITY));
  const line = isList ? `[${inLine.join(', ')}]` : `{ ${inLine.join(', ')} }`;
  if (indent.length + keyLength + line.length <= width) return line;
  const inner = indent + step;
  const lines = items.map(([key, item]) => `${inner}${key}${readableJson(item, width, inner, key.length)}`);
  return `${open}\n${lines.join(',\n')}\n${indent}${close}`;
}
