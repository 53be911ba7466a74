import { type CommandBody, printJson, printNote, printTable } from '@oaa-kit/oaa/cli';
import { requireOrganization, withDirectory } from '../open-database.ts';
import { describeCurrent, summariseIntent } from './describe-intent.ts';
import type { journalOptions } from './journal.ts';

export const runJournalList: CommandBody<typeof journalOptions> = async (context, { options }) => {
  const { database, organization } = options;
  const intents = await withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    return directory.intents(organization).list();
  });
  if (context.json) printJson(context, { intents: intents.map(summariseIntent) });
  else if (intents.length === 0) printNote(context, 'Every change has come to its end.');
  else {
    const rows = intents.map((intent) => [
      intent.id,
      intent.state,
      describeCurrent(intent),
      intent.context.actor,
      intent.openedAt,
      String(intent.attempt),
      intent.reason ?? '',
    ]);
    printTable(context, ['ID', 'STATE', 'OPERATION', 'CREDENTIAL', 'SINCE', 'ATTEMPTS', 'WHY'], rows);
  }
};
