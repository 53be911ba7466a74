import { exitCodes } from '../../errors/index.ts';
import type { CommandBody } from '../command.ts';
import { printJson, printLine, styled } from '../output.ts';
import { countEntities, formatCounts } from '../payload-counts.ts';
import { printDiagnostics } from '../print-diagnostics.ts';
import { printableLine } from '../printable.ts';
import { countProblems, readPayload } from '../read-payload.ts';
import type { validateOptions } from './validate.ts';

/** Reads and validates; exit 3 when the payload must not be pushed. Diagnostics are the result, so nothing is thrown. */
export const runValidate: CommandBody<typeof validateOptions> = async (context, { options, positionals }) => {
  const name = String(positionals.payload);
  const { payload, diagnostics, valid } = await readPayload(context, name, options.template);
  const refused = !valid || (options['fail-on-warnings'] === true && diagnostics.length > 0);
  const counts = valid ? countEntities(payload) : undefined;
  if (context.json) {
    const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
    printJson(context, { valid, errors, warnings: diagnostics.length - errors, counts, diagnostics });
  } else {
    printDiagnostics(context, diagnostics);
    const shown = name === '-' ? '(stdin)' : printableLine(name);
    const problems = diagnostics.length > 0 ? ` (${countProblems(diagnostics)})` : '';
    printLine(
      context,
      counts === undefined
        ? `${shown} ${styled(context, context.stdout, 'red', 'is not a valid payload')}${problems}`
        : `${shown} ${styled(context, context.stdout, 'green', 'is a valid payload')}${problems}: ${formatCounts(counts)}`,
    );
  }
  return refused ? exitCodes.input : exitCodes.done;
};
