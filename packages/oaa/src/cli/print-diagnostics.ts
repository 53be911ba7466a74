import { type Diagnostic, formatDiagnostic } from '../payload/diagnostics.ts';
import type { CommandContext } from './command.ts';
import { printNote, styled } from './output.ts';
import { printable } from './printable.ts';

/** So many are printed for people; `--json` has them all. */
const shownDiagnostics = 20;

/** Prints diagnostics on stderr, errors first, and says how many are left out. */
export function printDiagnostics(context: CommandContext, diagnostics: readonly Diagnostic[]): void {
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  const warnings = diagnostics.filter((diagnostic) => diagnostic.severity === 'warning');
  for (const diagnostic of [...errors, ...warnings].slice(0, shownDiagnostics)) {
    const colour = diagnostic.severity === 'error' ? 'red' : 'yellow';
    const text = printable(formatDiagnostic(diagnostic)).slice(diagnostic.severity.length);
    printNote(
      context,
      `  ${styled(context, context.stderr, colour, diagnostic.severity)}${text.replaceAll('\n', '\n  ')}`,
    );
  }
  const left = diagnostics.length - shownDiagnostics;
  if (left > 0) printNote(context, `  and ${left.toLocaleString('en-US')} more; use --json to see all`);
}
