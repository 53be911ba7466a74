/** Text that a spreadsheet would run as a formula, or that would look like a guarded one. */
const formula = /^'*[=+\-@\t\r]/;
const guarded = /^'+[=+\-@\t\r]/;

/** Whether a spreadsheet would run the cell (CSV injection). */
export function isFormula(text: string): boolean {
  return /^[=+\-@\t\r]/.test(text);
}

/** A text as a cell that no spreadsheet runs. {@link unguardFormula} gives the text back. */
export function guardFormula(text: string): string {
  return formula.test(text) ? `'${text}` : text;
}

/** The text of a cell that may have been guarded. */
export function unguardFormula(cell: string): string {
  return guarded.test(cell) ? cell.slice(1) : cell;
}
