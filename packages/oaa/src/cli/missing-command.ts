import { didYouMean } from '../errors/index.ts';
import { CommandUsageError } from './command-usage-error.ts';
import type { FoundCommand } from './find-command.ts';
import { packNouns } from './packs.ts';
import { printableLine } from './printable.ts';

/** What is wrong with a call that names no command. */
export function missingCommand(found: FoundCommand): CommandUsageError {
  const { words, candidates, unknownWord, strayOption } = found;
  const call = ['oaa', ...words].join(' ');
  const next = [...new Set(candidates.map(({ path }) => path[words.length] ?? ''))];
  const known = words.length === 0 ? [...next, ...packNouns.map(({ noun }) => noun), 'help'] : next;
  if (unknownWord !== undefined) {
    const shown = printableLine(unknownWord);
    return new CommandUsageError(
      [`Unknown command "${shown}" after \`${call}\`.${didYouMean(unknownWord, known)}`],
      words,
    );
  }
  if (strayOption !== undefined) {
    const shown = printableLine(strayOption);
    return new CommandUsageError(
      [`Unknown option ${shown} before the command. Write it after: ${call} <command> ${shown} ...`],
      words,
    );
  }
  return new CommandUsageError(
    [`Missing command after \`${call}\`: one of ${known.filter((word) => word !== 'help').join(', ')}.`],
    words,
  );
}
