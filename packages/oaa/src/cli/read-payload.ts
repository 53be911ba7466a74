import { InputError } from '../errors/index.ts';
import { type Diagnostic, hasErrors } from '../payload/diagnostics.ts';
import type { Template } from '../payload/templates.ts';
import { validate } from '../payload/validate.ts';
import type { CommandContext } from './command.ts';
import { counted } from './output.ts';
import { progressLine } from './progress.ts';
import { readJsonFile } from './read-json-file.ts';

/** A payload file and what there is to say about it. */
export interface CheckedPayload {
  readonly payload: unknown;
  readonly diagnostics: readonly Diagnostic[];
  /** Whether it may be pushed. */
  readonly valid: boolean;
}

/** Reads a payload from a file (`-` is stdin) and validates it. */
export async function readPayload(
  context: CommandContext,
  name: string,
  template: Template | undefined,
): Promise<CheckedPayload> {
  const progress = progressLine(context);
  try {
    progress.show(`Reading ${name === '-' ? 'stdin' : name}`);
    const payload = await readJsonFile(context, name);
    progress.show('Validating');
    const diagnostics = validate(payload, { template });
    return { payload, diagnostics, valid: !hasErrors(diagnostics) };
  } finally {
    progress.clear();
  }
}

/** `2 errors, 1 warning` */
export function countProblems(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return [counted(errors, 'error'), counted(diagnostics.length - errors, 'warning')].join(', ');
}

/** The error that stops a push of an invalid payload: nothing has been sent. */
export function invalidPayload(name: string, diagnostics: readonly Diagnostic[]): InputError {
  const message = `${name} is not a valid payload (${countProblems(diagnostics)}). Nothing was sent.`;
  return new InputError('payload-invalid', message, { diagnostics, hint: 'Correct what is listed and push again.' });
}
