import { InputError, OaaError } from '../errors/index.ts';
import type { CommandContext } from './command.ts';
import { errorDocument, reportHint } from './error-document.ts';
import { printJson, printNote, styled } from './output.ts';
import { printDiagnostics } from './print-diagnostics.ts';
import { printable } from './printable.ts';

/** The stack of an error and of its causes. */
function stacks(error: unknown): string {
  const lines: string[] = [];
  for (let current = error, depth = 0; current instanceof Error && depth < 5; current = current.cause, depth += 1) {
    lines.push(`${depth === 0 ? '' : 'caused by '}${current.stack ?? current.message}`);
  }
  return lines.join('\n');
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
    const hint = known ? error.hint : reportHint;
    if (hint !== undefined) printNote(context, printable(hint));
    if (error instanceof InputError && !saysItAll(error)) printDiagnostics(context, error.diagnostics);
  }
  if (context.debug) printNote(context, stacks(error));
}
