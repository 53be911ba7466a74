import { didYouMean } from '../errors/nearest-name.ts';

/** Stable codes of payload diagnostics. */
export type DiagnosticCode =
  // shape
  | 'json-syntax'
  | 'csv-syntax'
  | 'csv-header'
  | 'row-shape'
  | 'unreadable'
  | 'bad-value'
  | 'conflicting-row'
  | 'lookup-miss'
  | 'mapping'
  | 'manifest'
  | 'not-an-object'
  | 'missing-key'
  | 'unknown-key'
  | 'wrong-type'
  | 'unknown-value'
  | 'empty-value'
  // laws
  | 'duplicate-key'
  | 'id-on-some'
  | 'dangling-user'
  | 'dangling-group'
  | 'dangling-role'
  | 'dangling-permission'
  | 'dangling-resource'
  | 'dangling-credential'
  | 'dangling-application'
  | 'self-membership'
  | 'cycle'
  | 'undefined-property'
  | 'property-type'
  | 'property-name'
  | 'too-long'
  | 'bad-tag'
  | 'bad-timestamp'
  | 'grant-without-target'
  | 'role-without-permission'
  | 'payload-too-large'
  | 'not-validated'
  | 'too-deep';

export type Severity = 'error' | 'warning';

/** Where in a source file (CSV, JSON, YAML) a problem comes from. Rows and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly row?: number | undefined;
  /** A column number, or the name of a CSV column. */
  readonly column?: number | string | undefined;
}

/** One problem in a payload. All problems are collected; a payload with no `error` among them may be pushed. */
export interface Diagnostic {
  readonly severity: Severity;
  readonly code: DiagnosticCode;
  /** JSONPath of the value (RFC 9535 normal form with dots where a name allows it): `$.applications[0].name`. */
  readonly path: string;
  /** What is wrong and why, as a sentence. */
  readonly message: string;
  /** How to fix it. */
  readonly hint?: string | undefined;
  readonly source?: SourcePosition | undefined;
}

/** Suggestions look through at most this many names, and are made only for the first problems of a payload. */
const suggestionNames = 500;
const suggestionsPerList = 200;

/** Collects diagnostics while a payload is checked. */
export class DiagnosticList {
  readonly items: Diagnostic[] = [];
  #suggestions = 0;

  error(code: DiagnosticCode, path: string, message: string, hint?: string): void {
    this.#add('error', code, path, message, hint);
  }

  warning(code: DiagnosticCode, path: string, message: string, hint?: string): void {
    this.#add('warning', code, path, message, hint);
  }

  /** ` Did you mean "x"?` or the empty string. Bounded, so that many problems do not make checking slow. */
  didYouMean(name: string, known: Iterable<string>): string {
    if (this.#suggestions >= suggestionsPerList) return '';
    this.#suggestions += 1;
    return didYouMean(name, firstOf(known, suggestionNames));
  }

  #add(severity: Severity, code: DiagnosticCode, path: string, message: string, hint: string | undefined): void {
    this.items.push(hint === undefined ? { severity, code, path, message } : { severity, code, path, message, hint });
  }
}

function* firstOf(names: Iterable<string>, count: number): Generator<string> {
  let left = count;
  for (const name of names) {
    if (left === 0) return;
    left -= 1;
    yield name;
  }
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Appends names and indexes to a JSONPath: `joinPath('$.a', 'b c', 0)` is `$.a['b c'][0]`. */
export function joinPath(base: string, ...segments: readonly (string | number | symbol)[]): string {
  let path = base;
  for (const segment of segments) {
    if (typeof segment === 'number') path += `[${segment}]`;
    else {
      const name = String(segment);
      path += plainName.test(name) ? `.${name}` : `['${name.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}']`;
    }
  }
  return path;
}

/** Whether a payload with these diagnostics may be pushed. */
export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** `file:row:column` of a position, as far as it is known. */
export function formatPosition(position: SourcePosition): string {
  return [position.file, position.row, position.column].filter((part) => part !== undefined).join(':');
}

/** One diagnostic as one or two lines of text. */
export function formatDiagnostic(diagnostic: Diagnostic): string {
  const where = diagnostic.source === undefined ? '' : `${formatPosition(diagnostic.source)} `;
  const hint = diagnostic.hint === undefined ? '' : `\n    ${diagnostic.hint}`;
  return `${diagnostic.severity} ${diagnostic.code} ${where}${diagnostic.path}: ${diagnostic.message}${hint}`;
}
