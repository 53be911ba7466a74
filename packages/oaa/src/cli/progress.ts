import type { CommandContext } from './command.ts';

/** Takes away what stands on the terminal's line. */
export const eraseLine = '\r\u001b[2K';

/** One line on the terminal that says what is being done. */
export interface ProgressLine {
  /** Replaces the line. */
  show(text: string): void;
  /** Takes the line away; must be called before anything else is printed. */
  clear(): void;
}

/** A progress line on stderr: only on a terminal, and not with `--quiet`, `--json` or `--debug`. */
export function progressLine(context: CommandContext): ProgressLine {
  const silent = context.stderr.isTTY !== true || context.quiet || context.json || context.debug;
  if (silent) return { show: () => undefined, clear: () => undefined };
  let shown = '';
  return {
    show: (text) => {
      const line = text.slice(0, (context.stderr.columns ?? 80) - 1);
      if (line === shown) return;
      shown = line;
      context.stderr.write(eraseLine + line);
    },
    clear: () => {
      if (shown !== '') context.stderr.write(eraseLine);
      shown = '';
    },
  };
}
