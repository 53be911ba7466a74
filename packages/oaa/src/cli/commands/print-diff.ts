import type { DiffCounts, PayloadDiff } from '../../payload/diff/diff-payloads.ts';
import type { Change, Difference } from '../../payload/diff/difference.ts';
import type { CommandContext } from '../command.ts';
import { counted, printLine, styled } from '../output.ts';
import { printableLine } from '../printable.ts';
import { describeDifference } from './describe-difference.ts';

const signs: Readonly<Record<Change, readonly [sign: string, colour: 'green' | 'red' | 'yellow']>> = {
  added: ['+', 'green'],
  removed: ['-', 'red'],
  changed: ['~', 'yellow'],
};

/** `accessCredentials` as `access credentials`. */
function words(kind: string): string {
  return printableLine(kind.replaceAll('_', ' ').replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}

/** Differences by application (undefined: of the whole payload), then by kind; both in order of appearance. */
function grouped(diff: PayloadDiff): ReadonlyMap<string | undefined, ReadonlyMap<string, readonly Difference[]>> {
  const groups = new Map<string | undefined, Map<string, Difference[]>>();
  for (const [kind, differences] of Object.entries(diff.differences)) {
    for (const difference of differences) {
      const kinds = groups.get(difference.application) ?? new Map<string, Difference[]>();
      groups.set(difference.application, kinds);
      const list = kinds.get(kind);
      if (list === undefined) kinds.set(kind, [difference]);
      else list.push(difference);
    }
  }
  return groups;
}

function describeCounts({ added, removed, changed }: DiffCounts): string {
  const parts = Object.entries({ added, removed, changed }).filter(([, count]) => count > 0);
  return parts.map(([change, count]) => `${count.toLocaleString('en-US')} ${change}`).join(', ');
}

function printDifferences(context: CommandContext, diff: PayloadDiff, limit: number): number {
  let printed = 0;
  for (const [application, kinds] of grouped(diff)) {
    if (printed >= limit) break;
    const heading = application === undefined ? 'Payload' : printableLine(application);
    printLine(context, styled(context, context.stdout, 'bold', heading));
    for (const [kind, differences] of kinds) {
      if (printed >= limit) break;
      printLine(context, `  ${words(kind)}`);
      for (const difference of differences.slice(0, limit - printed)) {
        const [sign, colour] = signs[difference.change];
        printLine(
          context,
          `    ${styled(context, context.stdout, colour, `${sign} ${describeDifference(difference)}`)}`,
        );
        printed += 1;
      }
    }
  }
  return printed;
}

/** Prints what differs, at most `limit` lines of it, and the counts. */
export function printDiff(context: CommandContext, diff: PayloadDiff, limit: number): void {
  if (!diff.different) {
    printLine(context, 'No differences.');
    return;
  }
  const total = Object.values(diff.differences).reduce((sum, { length }) => sum + length, 0);
  const left = total - printDifferences(context, diff, limit);
  if (left > 0) printLine(context, `and ${left.toLocaleString('en-US')} more; use --json to see all`);
  printLine(context, `${counted(total, 'difference')}:`);
  for (const [kind, counts] of Object.entries(diff.counts)) {
    const text = describeCounts(counts);
    if (text !== '') printLine(context, `  ${words(kind)}: ${text}`);
  }
}
