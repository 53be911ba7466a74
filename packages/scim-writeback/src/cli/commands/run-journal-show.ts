import { type CommandBody, printJson, printLine } from '@oaa-kit/oaa/cli';
import type { Intent } from '../../directory/write-back.ts';
import { requireOrganization, withDirectory } from '../open-database.ts';
import { describeOperation } from './describe-intent.ts';
import type { journalOptions } from './journal.ts';
import { unknownIntent } from './unknown-intent.ts';

export const runJournalShow: CommandBody<typeof journalOptions> = async (context, { options, positionals }) => {
  const { database, organization } = options;
  const intent = await withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    return directory.intents(organization).get(String(positionals.id));
  });
  if (intent === undefined) throw unknownIntent(organization);
  if (context.json) printJson(context, { intent });
  else for (const line of linesOf(intent)) printLine(context, line);
};

function linesOf(intent: Intent): readonly string[] {
  const { kind, resourceId, context, refusal, reason, nativeId } = intent;
  return [
    `${intent.id}: ${intent.state}, attempt ${intent.attempt}`,
    `about:      ${kind} ${resourceId}${nativeId === undefined ? '' : ` (${nativeId} in the application)`}`,
    `asked by:   ${context.actor} in request ${context.requestId}, ${intent.openedAt}`,
    `taken over: not before ${intent.leaseUntil}`,
    ...(refusal === undefined ? [] : [`refused:    ${refusal.reason}`]),
    ...(reason === undefined ? [] : [`stuck:      ${reason}`]),
    'operations:',
    ...intent.operations.map((operation, index) => `  ${mark(intent, index)} ${describeOperation(operation)}`),
  ];
}

function mark({ done, state, asked }: Intent, index: number): string {
  if (index < done) return 'done     ';
  const isOpen = state === 'open' || state === 'needs-attention';
  return isOpen && index === done && asked ? 'unknown  ' : 'not begun';
}
