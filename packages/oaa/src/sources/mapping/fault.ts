import type { DiagnosticCode } from '../../payload/diagnostics.ts';

/** A value of a row that cannot be used. Thrown where it is read, caught where the row is known. */
export class Fault extends Error {
  readonly code: DiagnosticCode;
  readonly hint: string | undefined;

  constructor(code: DiagnosticCode, message: string, hint?: string) {
    super(message);
    this.code = code;
    this.hint = hint;
  }
}

const shownLength = 60;

/** A value in a message, cut to a readable length. */
export function quoted(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  if (text.length <= shownLength) return text;
  return `${text.slice(0, shownLength - 4)}...${typeof value === 'string' ? '"' : ''}`;
}
