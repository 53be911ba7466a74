import { createInterface } from 'node:readline/promises';
import type { CommandContext } from './command.ts';

/** Whether there is a person who can be asked. */
export function canAsk(context: CommandContext): boolean {
  return context.stdin.isTTY === true && context.stderr.isTTY === true && !context.json;
}

/** Asks on the terminal; the answer without spaces around it. Empty when the input ends. */
export async function ask(context: CommandContext, question: string): Promise<string> {
  const terminal = createInterface({ input: context.stdin, output: context.stderr });
  const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
  try {
    return (await Promise.race([terminal.question(question, { signal: context.signal }), closed])).trim();
  } finally {
    terminal.close();
  }
}
