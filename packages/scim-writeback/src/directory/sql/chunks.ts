/** So many values go into one statement: it is not to run long. */
const valuesPerStatement = 500;

/** A list in parts that fit into a statement each. */
export function* chunks<Value>(values: readonly Value[]): Generator<readonly Value[]> {
  for (let start = 0; start < values.length; start += valuesPerStatement) {
    yield values.slice(start, start + valuesPerStatement);
  }
}
