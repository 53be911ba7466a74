import { type CommandContext, counted, type ProgressLine, printableLine, printLine, printNote } from '@oaa-kit/oaa/cli';
import { stepText } from '../apply/describe-progress.ts';
import type { ApplyReport, CheckedEndpoint, StepEvent } from '../apply/index.ts';

/** Says on stderr what is being done now, and keeps a line of what was done. */
export function printStep(context: CommandContext, progress: ProgressLine, { step, provider, event }: StepEvent): void {
  const text = printableLine(`${provider}: ${stepText(step)}`);
  if (event === 'begun') {
    progress.show(text);
    return;
  }
  progress.clear();
  if (!context.quiet) printNote(context, `done  ${text}`);
}

function checkLine({ provider, report }: CheckedEndpoint): string {
  const count = (status: string) => report.results.filter((result) => result.status === status).length;
  const parts = [
    `${count('passed')} passed`,
    ...(['failed', 'warning', 'not-tried', 'unreachable'] as const).flatMap((status) =>
      count(status) === 0 ? [] : [`${count(status)} ${status.replace('-', ' ')}`],
    ),
  ];
  return `Checked the SCIM endpoint of ${provider}, ${report.url}: ${parts.join(', ')}.`;
}

/** What an endpoint does not have, and how much was not tried: a read-only check tries few of many. */
function printCheck(context: CommandContext, check: CheckedEndpoint): void {
  printLine(context, printableLine(checkLine(check)));
  const { results } = check.report;
  for (const { code, status, problem } of results) {
    if (status === 'passed' || status === 'not-tried') continue;
    printNote(context, printableLine(`  ${status}  ${code}${problem === undefined ? '' : `: ${problem}`}`));
  }
  const notTried = results.filter(({ status }) => status === 'not-tried').length;
  if (notTried > 0) printNote(context, `  not tried  ${counted(notTried, 'requirement')}, which --json lists`);
}

/** What an apply did, for people. */
export function printApplied(context: CommandContext, { providers, checks, notes }: ApplyReport): void {
  for (const check of checks) printCheck(context, check);
  for (const note of notes) printLine(context, printableLine(note));
  const changed = providers.filter(({ done }) => done.length > 0);
  for (const { name, id, done, differences } of changed) {
    printLine(context, printableLine(`${name}${id === undefined ? '' : ` (${id})`}: ${done.join(', ')}`));
    for (const path of differences)
      printLine(context, printableLine(`  the tenant shows something else than was sent: ${path}`));
  }
  printLine(
    context,
    changed.length === 0 ? 'Nothing had to be changed.' : `Applied: ${counted(changed.length, 'provider')}.`,
  );
}
