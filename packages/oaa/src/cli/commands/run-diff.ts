import { exitCodes, InputError, UsageError } from '../../errors/index.ts';
import { diffPayloads } from '../../payload/diff/diff-payloads.ts';
import { isObject, type JsonObject, own } from '../../payload/json.ts';
import type { CommandBody, CommandContext, OptionValues } from '../command.ts';
import { printJson, printNote } from '../output.ts';
import { printableLine } from '../printable.ts';
import { countProblems, readPayload } from '../read-payload.ts';
import type { diffOptions } from './diff.ts';
import { printDiff } from './print-diff.ts';

type Options = OptionValues<typeof diffOptions>;

/** @throws {InputError} with every problem of a payload that is not valid. */
async function readSide(context: CommandContext, name: string, options: Options): Promise<JsonObject> {
  const { payload, diagnostics, valid } = await readPayload(context, name, options.template);
  const file = name === '-' ? '(stdin)' : printableLine(name);
  if (!valid || !isObject(payload)) {
    throw new InputError('payload-invalid', `${file} is not a valid payload (${countProblems(diagnostics)}).`, {
      diagnostics,
      hint: 'Only valid payloads can be compared: correct what is listed.',
    });
  }
  if (own(payload, 'incremental_change') === true && !context.quiet) {
    printNote(
      context,
      `${file} is incremental: what it does not name stays on the tenant, although it is told as removed.`,
    );
  }
  return payload;
}

/** Compares two payloads; with `--detailed-exit` exit code 7 says that they differ. */
export const runDiff: CommandBody<typeof diffOptions> = async (context, { options, positionals }) => {
  const { limit } = options;
  const [old, current] = [String(positionals.old), String(positionals.new)];
  if (!Number.isInteger(limit) || limit < 0) {
    throw new UsageError('usage', `--limit is a number of lines, not ${limit}.`, {
      hint: 'Give a whole number, 0 or more.',
    });
  }
  if (old === '-' && current === '-') {
    throw new UsageError('usage', 'Stdin cannot be both payloads.', { hint: 'Name a file for one of them.' });
  }
  const before = await readSide(context, old, options);
  const after = await readSide(context, current, options);
  const diff = diffPayloads(before, after);
  if (context.json) printJson(context, { ...diff });
  else printDiff(context, diff, limit);
  return diff.different && options['detailed-exit'] === true ? exitCodes.differences : exitCodes.done;
};
