import type { LogFacts, Logger } from '../http/logger.ts';
import { silentLogger } from '../http/logger.ts';
import type { CommandContext } from './command.ts';
import { printNote, styled } from './output.ts';
import { printableLine } from './printable.ts';

/** Writes log lines to stderr when `--debug` was given. */
export function stderrLogger(context: CommandContext): Logger {
  if (!context.debug) return silentLogger;
  const write =
    (level: string) =>
    (message: string, facts: LogFacts = {}) => {
      const details = Object.entries(facts)
        .filter(([, value]) => value !== undefined)
        .map(([name, value]) => `${name}=${value}`);
      const line = `${context.now().toISOString()} ${level} ${[message, ...details].join(' ')}`;
      printNote(context, styled(context, context.stderr, 'dim', printableLine(line)));
    };
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}
