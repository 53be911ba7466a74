import type { Row } from '../row.ts';
import type { MappingPath } from './compile-context.ts';
import { compileText } from './compile-text.ts';
import { guarded, type ItemContext } from './item-context.ts';
import type { ApplicationLedger } from './ledger/ledger.ts';
import { mappingPath } from './run-problems.ts';
import type { ValueSpec } from './value-spec.ts';

/** The application that a row belongs to; undefined, with a report, where it should name one and does not. */
export function compileApplication(
  spec: ValueSpec | undefined,
  context: ItemContext,
  path: MappingPath,
): (row: Row) => ApplicationLedger | undefined {
  const { ledger, defaultApplication, problems } = context;
  if (spec === undefined) return () => ledger.application(defaultApplication);
  const at = [...path, 'application'];
  const reader = compileText(spec, context, at);
  const read = guarded(context, reader, at);
  return (row) => {
    const errors = problems.errors;
    const name = read(row);
    if (name !== undefined) return ledger.application(name);
    if (problems.errors > errors) return undefined;
    context.report(row, {
      code: 'empty-value',
      column: reader.column,
      path: mappingPath(at),
      message: 'The row names no application.',
      hint: 'Fill the column, or give a default: { column: ..., default: ... }.',
    });
    return undefined;
  };
}
