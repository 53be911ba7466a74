import { didYouMean } from '../../../errors/nearest-name.ts';
import type { DiagnosticCode, DiagnosticList } from '../../diagnostics.ts';
import type { KeyTable } from './key-table.ts';

/** Suggestions look through at most this many keys: they must not make checking a large payload slow. */
const suggestionKeys = 500;
/** And only for the first dangling references of a table. */
const suggestions = new WeakMap<KeyTable, number>();
const suggestionsPerTable = 20;

function* first(keys: Iterable<string>, count: number): Generator<string> {
  let left = count;
  for (const key of keys) {
    if (left === 0) return;
    left -= 1;
    yield key;
  }
}

function suggestion(table: KeyTable, key: string): string {
  const made = suggestions.get(table) ?? 0;
  if (made >= suggestionsPerTable) return '';
  suggestions.set(table, made + 1);
  return didYouMean(key, first(table.keys(), suggestionKeys));
}

/** Reports a reference that names nothing. Returns whether it names something. */
export function checkReference(
  list: DiagnosticList,
  severity: 'error' | 'warning',
  code: DiagnosticCode,
  table: KeyTable,
  key: string,
  path: () => string,
): boolean {
  if (table.has(key)) return true;
  const id = table.idOfName(key);
  const message = `There is no ${table.subject} "${key}".${id === undefined ? suggestion(table, key) : ''}`;
  const hint =
    id === undefined
      ? `Add the ${table.subject}, or take the reference out.`
      : `One has that name, but ids are in use, and references name ids: use "${id}".`;
  list[severity](code, path(), message, hint);
  return false;
}
