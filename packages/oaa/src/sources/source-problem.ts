import { InputError } from '../errors/errors.ts';
import type { Diagnostic, DiagnosticCode } from '../payload/diagnostics.ts';

/** Where in a source: `row` is a line of the file, or the number of an element of a JSON array. */
export interface SourcePlace {
  readonly file: string;
  readonly row?: number | undefined;
  readonly column?: number | string | undefined;
}

/** One problem in a source file as a diagnostic. */
export function sourceDiagnostic(code: DiagnosticCode, place: SourcePlace, message: string, hint?: string): Diagnostic {
  return { severity: 'error', code, path: '$', message, ...(hint === undefined ? {} : { hint }), source: place };
}

/** What ends the reading of a source. */
export function sourceError(code: DiagnosticCode, place: SourcePlace, message: string, hint?: string): InputError {
  const diagnostic = sourceDiagnostic(code, place, message, hint);
  const where = [place.file, place.row, place.column].filter((part) => part !== undefined).join(':');
  return new InputError('input-invalid', `${where}: ${message}`, { hint, diagnostics: [diagnostic] });
}
