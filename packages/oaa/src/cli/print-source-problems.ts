import { type Diagnostic, formatPosition } from '../payload/diagnostics.ts';
import type { CommandContext } from './command.ts';
import { counted, printNote, styled } from './output.ts';
import { printable } from './printable.ts';

/** So many problems of one kind are printed, and so many kinds; `--json` has them all. */
const shownOfKind = 3;
const shownKinds = 20;

interface ProblemKind {
  readonly problems: Diagnostic[];
}

/** Problems that have one cause: the same rule, in the same column of the same file, found by the same part of the mapping. */
function groupProblems(diagnostics: readonly Diagnostic[]): readonly ProblemKind[] {
  const kinds = new Map<string, ProblemKind>();
  for (const diagnostic of diagnostics) {
    const { severity, code, path, source } = diagnostic;
    const key = JSON.stringify([severity, code, path, source?.file, source?.column]);
    const kind = kinds.get(key) ?? { problems: [] };
    kinds.set(key, kind);
    kind.problems.push(diagnostic);
  }
  const isError = ({ problems }: ProblemKind) => problems[0]?.severity === 'error';
  const all = [...kinds.values()];
  return [...all.filter(isError), ...all.filter((kind) => !isError(kind))];
}

function describe(diagnostic: Diagnostic): string {
  const { source, path, message } = diagnostic;
  return `${source === undefined ? path : formatPosition(source)}: ${message}`;
}

/**
 * Prints problems of source files as `file:row:column: message` on stderr: the first few of each kind with what to do
 * about them, and how many more there are.
 *
 * @param unlisted problems that were counted and are not among the diagnostics
 */
export function printSourceProblems(context: CommandContext, diagnostics: readonly Diagnostic[], unlisted = 0): void {
  const kinds = groupProblems(diagnostics);
  for (const { problems } of kinds.slice(0, shownKinds)) {
    for (const problem of problems.slice(0, shownOfKind)) {
      const isWarning = problem.severity === 'warning';
      const label = isWarning ? `${styled(context, context.stderr, 'yellow', 'warning')} ` : '';
      printNote(context, `  ${label}${printable(describe(problem)).replaceAll('\n', '\n  ')}`);
    }
    const more = problems.length - shownOfKind;
    if (more > 0) printNote(context, `    and ${more.toLocaleString('en-US')} more like these`);
    const hint = problems[0]?.hint;
    if (hint !== undefined) printNote(context, `    ${printable(hint).replaceAll('\n', '\n    ')}`);
  }
  const left = kinds.slice(shownKinds).reduce((sum, { problems }) => sum + problems.length, 0);
  if (left > 0) printNote(context, `  and ${counted(left, 'problem')} of other kinds; use --json to see all`);
  if (unlisted > 0) printNote(context, `  and ${counted(unlisted, 'problem')} more, which were only counted`);
}
