import type { DiagnosticCode, DiagnosticList } from '../../diagnostics.ts';
import type { KeyTable } from './key-table.ts';

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
  const message = `There is no ${table.subject} "${key}".${id === undefined ? list.didYouMean(key, table.keys()) : ''}`;
  const hint =
    id === undefined
      ? `Add the ${table.subject}, or take the reference out.`
      : `One has that name, but ids are in use, and references name ids: use "${id}".`;
  list[severity](code, path(), message, hint);
  return false;
}
