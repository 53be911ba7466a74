import { type CommandContext, printableLine, printJson, printLine } from '@oaa-kit/oaa/cli';
import { requestLine } from '../../client/describe-request.ts';
import type { ActionOptions, ActionResult, ActionStep } from '../../lifecycle/action.ts';

/** What is told of each outcome, and what a dry run says. */
const sentences: Readonly<Record<ActionResult['outcome'], readonly [done: string, planned: string]>> = {
  created: ['Created', 'Would create'],
  updated: ['Updated', 'Would update'],
  unchanged: ['Unchanged', 'Would not change'],
  deactivated: ['Deactivated', 'Would deactivate'],
  deleted: ['Deleted', 'Would delete'],
  added: ['Added to', 'Would add to'],
  removed: ['Removed from', 'Would remove from'],
};

function resultOf({ outcome, status }: ActionStep): string {
  if (outcome === 'not-sent') return 'not sent';
  return outcome === 'no-answer' ? 'no answer' : String(status);
}

/** `POST /Users  201`; with the body where it is not sent. */
function printStep(context: CommandContext, step: ActionStep): void {
  printLine(context, `${printableLine(requestLine(step.request))}  ${resultOf(step)}`);
  if (step.outcome !== 'not-sent' || step.request.body === undefined) return;
  const lines = JSON.stringify(step.request.body, undefined, 2).split('\n');
  for (const line of lines) printLine(context, `  ${printableLine(line)}`);
}

/** What an action needs of a command: steps are printed as they come, unless a document is wanted. */
export function actionOptions(context: CommandContext, dryRun: boolean | undefined): ActionOptions {
  return { dryRun, ...(!context.json && { onStep: (step) => printStep(context, step) }) };
}

/** Says what came of an action. */
export function printAction(context: CommandContext, what: 'user' | 'group', result: ActionResult): void {
  if (context.json) {
    printJson(context, { ...result });
    return;
  }
  const { outcome, id, userName, dryRun } = result;
  const [done, planned] = sentences[outcome];
  const name = userName === undefined ? '' : ` ${userName}`;
  const identity = id === undefined ? '' : ` (id ${id})`;
  printLine(context, printableLine(`${dryRun ? planned : done} the ${what}${name}${identity}.`));
}
