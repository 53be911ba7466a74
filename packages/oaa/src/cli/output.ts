import { styleText } from 'node:util';
import { jsonChunks } from '../payload/serialise.ts';
import type { CommandContext, OutputStream } from './command.ts';
import { printableLine } from './printable.ts';

type Style = Parameters<typeof styleText>[0];

/** Whether text for this stream may be coloured: a terminal, and neither NO_COLOR nor a dumb one. */
function mayColour(env: CommandContext['env'], stream: OutputStream): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false;
  return stream.isTTY === true && env.TERM !== 'dumb';
}

/** `text` in a style, or as it is where colour is not wanted. */
export function styled(context: CommandContext, stream: OutputStream, style: Style, text: string): string {
  return mayColour(context.env, stream) ? styleText(style, text, { validateStream: false }) : text;
}

/** Prints a line of a result. */
export function printLine(context: CommandContext, line = ''): void {
  context.stdout.write(`${line}\n`);
}

/** Prints a line for the person at the terminal, never part of a result. */
export function printNote(context: CommandContext, line = ''): void {
  context.stderr.write(`${line}\n`);
}

/** Prints a result for machines: one JSON document. */
export function printJson(context: CommandContext, document: Readonly<Record<string, unknown>>): void {
  for (const chunk of jsonChunks(document)) context.stdout.write(chunk);
  context.stdout.write('\n');
}

/** Prints rows in aligned columns below their headings. */
export function printTable(
  context: CommandContext,
  headings: readonly string[],
  rows: readonly (readonly (string | number | undefined)[])[],
): void {
  const cells = rows.map((row) => headings.map((_, column) => printableLine(String(row[column] ?? ''))));
  const widths = headings.map((heading, column) =>
    cells.reduce((width, row) => Math.max(width, row[column]?.length ?? 0), heading.length),
  );
  const align = (row: readonly string[]): string =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  printLine(context, styled(context, context.stdout, 'bold', align(headings)));
  for (const row of cells) printLine(context, align(row));
}

/** `1,234 users`, `1 user`. */
export function counted(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString('en-US')} ${count === 1 ? singular : plural}`;
}

const units = ['bytes', 'kB', 'MB', 'GB'] as const;

/** A size for people: `812 bytes`, `1.4 MB`. Units are powers of 1,000, as the tenant's limits are. */
export function formatBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit += 1;
  }
  return unit === 0 ? counted(bytes, 'byte') : `${value.toFixed(1)} ${units[unit]}`;
}
