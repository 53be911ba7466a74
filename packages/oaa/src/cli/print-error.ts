import { InputError, OaaError, RemoteError, UnreachableError } from '../errors/index.ts';
import type { CommandContext } from './command.ts';
import { errorDocument, reportHint } from './error-document.ts';
import { printJson, printNote, styled } from './output.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { printable } from './printable.ts';

/** So many field violations of a refused request are printed. */
const shownViolations = 20;

/** The stack of an error and of its causes. */
function stacks(error: unknown): string {
  const lines: string[] = [];
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    lines.push(`${depth === 0 ? '' : 'caused by '}${current.stack ?? current.message}`);
  }
  return lines.join('\n');
}

function printRemoteFacts(context: CommandContext, error: RemoteError): void {
  for (const { field, description } of error.violations.slice(0, shownViolations)) {
    printNote(context, `  ${printable(field)}: ${printable(description)}`);
  }
  const left = error.violations.length - shownViolations;
  if (left > 0) printNote(context, `  and ${left.toLocaleString('en-US')} more; use --json to see all`);
}

/** Whether the only diagnostic of an error already stands in its message. */
function saysItAll({ diagnostics, message }: InputError): boolean {
  return diagnostics.length === 1 && message.includes(diagnostics[0]?.message ?? '');
}

/**
 * Prints anything thrown: with `--json` one document on stdout, otherwise on stderr what happened and why, how to fix
 * it, and the details. Stacks only with `--debug`.
 */
export function printError(context: CommandContext, error: unknown): void {
  if (context.json) printJson(context, errorDocument(error) as unknown as Record<string, unknown>);
  else {
    const known = error instanceof OaaError;
    const message = error instanceof Error ? error.message : String(error);
    const label = styled(context, context.stderr, ['bold', 'red'], known ? 'Error:' : 'Fault:');
    printNote(context, `${label} ${printable(message)}`);
    if (error instanceof RemoteError) printRemoteFacts(context, error);
    const hint = known ? error.hint : reportHint;
    if (hint !== undefined) printNote(context, printable(hint));
    if (error instanceof InputError && !saysItAll(error)) printDiagnostics(context, error.diagnostics);
    if ((error instanceof RemoteError || error instanceof UnreachableError) && error.requestId !== undefined) {
      printNote(context, `Request id (for the tenant's support): ${printable(error.requestId)}`);
    }
  }
  if (context.debug) printNote(context, stacks(error));
}
