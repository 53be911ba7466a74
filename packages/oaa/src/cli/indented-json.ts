const step = '  ';
/** A value with fewer nodes than this is written by one JSON.stringify. */
const nodeBudget = 2_000;

/** Whether a value has at most `budget` nodes; returns what is left of it, negative as soon as it is used up. */
function remaining(value: unknown, budget: number): number {
  let left = budget - 1;
  if (typeof value !== 'object' || value === null) return left;
  for (const item of Object.values(value)) {
    left = remaining(item, left);
    if (left < 0) return left;
  }
  return left;
}

/**
 * The text of `JSON.stringify(value, null, 2)` for a JSON value, piece by piece: the text of a large payload can be
 * longer than a string may be.
 */
export function* indentedJson(value: unknown, indent = ''): Generator<string> {
  if (typeof value !== 'object' || value === null || remaining(value, nodeBudget) >= 0) {
    yield JSON.stringify(value, null, step).replaceAll('\n', `\n${indent}`);
    return;
  }
  const inner = indent + step;
  const isList = Array.isArray(value);
  let separator = isList ? '[\n' : '{\n';
  for (const [key, item] of isList ? value.entries() : Object.entries(value)) {
    yield `${separator}${inner}${isList ? '' : `${JSON.stringify(key)}: `}`;
    separator = ',\n';
    yield* indentedJson(item, inner);
  }
  yield `\n${indent}${isList ? ']' : '}'}`;
}
