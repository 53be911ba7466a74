import { type CommandBody, type CommandContext, printable, printJson, printLine, printNote } from '@oaa-kit/oaa/cli';
import { type PublicationStatus, publicationStatus } from '../../publish/publication-status.ts';
import { requireOrganization, withDirectory } from '../open-database.ts';
import { isChosen } from './choose-publication.ts';
import type { publishStatusOptions } from './publish.ts';

export const runPublishStatus: CommandBody<typeof publishStatusOptions> = async (context, { options }) => {
  const { database, organization, provider, 'data-source': dataSource } = options;
  const publications = await withDirectory(context, database, 'refuse', async (directory) => {
    if (organization !== undefined) await requireOrganization(directory, organization);
    const views = await directory.publications.list(organization);
    const statuses: PublicationStatus[] = [];
    for (const view of views.filter(({ key }) => isChosen(key, options))) {
      statuses.push(publicationStatus(view, await directory.publications.openIntents(view.key.organization)));
    }
    return statuses;
  });
  if (context.json) printJson(context, { publications });
  else if (publications.length === 0) {
    const isNarrowed = [organization, provider, dataSource].some((name) => name !== undefined);
    printNote(context, `Nothing ${isNarrowed ? 'that the options name ' : ''}is published from this database.`);
  } else for (const status of publications) printStatus(context, status);
};

function printStatus(context: CommandContext, status: PublicationStatus): void {
  printLine(context, printable(`${status.organization} -> ${status.provider} / ${status.dataSource}`));
  for (const [name, text] of linesOf(status)) {
    if (text !== undefined) printLine(context, printable(`  ${name.padEnd(14)}  ${text}`));
  }
}

function linesOf(status: PublicationStatus): readonly (readonly [name: string, text: string | undefined])[] {
  const { hold, lag, openIntents, lastError, leftOut } = status;
  const held = hold && `${hold.message} (pair ${hold.pair}, since ${hold.since})`;
  const behind = `${lag.revisions} revisions, ${lag.generations} bases, for ${Math.round(lag.seconds)} s`;
  const attention = openIntents.needsAttention > 0 ? `, ${openIntents.needsAttention} need attention` : '';
  return [
    ['condition', `${status.condition}${status.isAttended ? '' : ' (no publisher is running)'}`],
    ['current', status.current ?? 'none: no base was accepted yet'],
    ['published', status.published ?? 'nothing'],
    ['lag', status.published === status.current && lag.revisions === 0 ? 'none' : behind],
    ['open intents', `${openIntents.open}${attention}`],
    ['held', held],
    ['', hold?.hint],
    ['last full push', status.lastFullPush ?? 'never'],
    ['last error', lastError && `${lastError.at} ${lastError.message}`],
    ['next attempt', status.nextAttempt],
    ['left out', leftOut && `${leftOut.count} values`],
    ...(leftOut?.messages ?? []).map((message): readonly [string, string] => ['', message]),
  ];
}
