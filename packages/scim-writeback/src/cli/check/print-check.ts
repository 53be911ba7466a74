import { type CommandContext, counted, printableLine, printLine, styled } from '@oaa-kit/oaa/cli';
import type { CheckExchange, CheckReport, CheckResult, CheckStatus } from '../../check/check-report.ts';
import { describeLeftBehind } from '../../check/describe-left-behind.ts';
import { requestLine } from '../../client/describe-request.ts';

const marks: Readonly<Record<CheckStatus, readonly [mark: string, colour: 'green' | 'red' | 'yellow']>> = {
  passed: ['ok', 'green'],
  failed: ['FAILED', 'red'],
  warning: ['warning', 'yellow'],
  'not-tried': ['not tried', 'yellow'],
  unreachable: ['no answer', 'red'],
};
/** Of a body, as much as a terminal can take; `--json` has more. */
const shownCharacters = 400;
const indent = ' '.repeat(11);

function cut(text: string): string {
  return text.length > shownCharacters ? `${text.slice(0, shownCharacters)} ...` : text;
}

function printExchange(context: CommandContext, { request, answer }: CheckExchange): void {
  const body = request.body === undefined ? '' : ` ${JSON.stringify(request.body)}`;
  printLine(context, `${indent}> ${printableLine(cut(`${requestLine(request)}${body}`))}`);
  const text = answer === undefined ? 'no answer' : `${answer.status} ${answer.body}`.trim();
  printLine(context, `${indent}< ${printableLine(cut(text))}`);
}

/** One line for what is as it should be; problem and fix, request and answer for what is not. */
export function printResult(
  context: CommandContext,
  { code, title, status, problem, fix, exchanges }: CheckResult,
): void {
  const [mark, colour] = marks[status];
  const reason = status === 'not-tried' ? `: ${problem}` : '';
  const line = printableLine(`${code.padEnd(24)}  ${title}${reason}`);
  printLine(context, `${styled(context, context.stdout, colour, mark.padEnd(9))}  ${line}`);
  if (status === 'not-tried') return;
  if (problem !== undefined) printLine(context, `${indent}${printableLine(problem)}`);
  if (fix !== undefined) printLine(context, `${indent}Fix: ${printableLine(fix)}`);
  if (status === 'failed') for (const exchange of exchanges) printExchange(context, exchange);
}

/** What it all comes to, and what has to be deleted by hand. */
export function printReportEnd(context: CommandContext, { url, outcome, results, leftBehind }: CheckReport): void {
  const of = (status: CheckStatus): number => results.filter((result) => result.status === status).length;
  const parts = [
    `${of('passed')} ok`,
    `${of('failed')} failed`,
    counted(of('warning'), 'warning'),
    `${of('not-tried')} not tried`,
  ];
  const sentence = {
    passed: of('not-tried') === 0 ? 'has what a tenant needs of it' : 'has what was tried of what a tenant needs of it',
    failed: 'does not have what a tenant needs of it',
    unreachable: 'cannot be reached from here',
  }[outcome];
  printLine(context);
  printLine(context, printableLine(`${url} ${sentence}: ${parts.join(', ')}.`));
  if (leftBehind.length === 0) return;
  printLine(context, 'What the check made and could not delete, to be deleted by hand:');
  for (const one of leftBehind) printLine(context, `  ${printableLine(describeLeftBehind(one))}`);
}
