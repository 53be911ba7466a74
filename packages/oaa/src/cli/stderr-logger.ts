import type { LogFacts, Logger } from '../http/logger.ts';
import { silentLogger } from '../http/logger.ts';
import type { CommandContext } from './command.ts';
import { printNote, styled } from './output.ts';
import { printableLine } from './printable.ts';
import { eraseLine } from './progress.ts';

/**
 * Writes log lines to stderr when `--debug` was given. Otherwise only what a person has to know who waits: that a
 * request failed and when it is sent again; not even that with `--quiet`.
 */
export function stderrLogger(context: CommandContext): Logger {
  if (!context.debug) {
    if (context.quiet) return silentLogger;
    const clear = context.stderr.isTTY === true ? eraseLine : '';
    const warn = (message: string): void =>
      printNote(context, `${clear}${styled(context, context.stderr, 'yellow', printableLine(message))}`);
    return { ...silentLogger, warn };
  }
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
