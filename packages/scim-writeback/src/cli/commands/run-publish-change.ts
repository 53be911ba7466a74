import {
  type CommandArguments,
  type CommandBody,
  type CommandContext,
  printable,
  printJson,
  printLine,
} from '@oaa-kit/oaa/cli';
import type { PublicationChange } from '../../directory/publications.ts';
import { fullRequested, paused, removalAccepted, resumed } from '../../publish/operator-changes.ts';
import { parsePair } from '../../publish/pair.ts';
import { publicationStatus } from '../../publish/publication-status.ts';
import { withDirectory } from '../open-database.ts';
import { choosePublication } from './choose-publication.ts';
import type { publishChangeOptions } from './publish.ts';

type Body = CommandBody<typeof publishChangeOptions>;
type Arguments = CommandArguments<typeof publishChangeOptions>;

export const runPublishPause: Body = (context, args) => change(context, args, paused, 'is paused');

export const runPublishResume: Body = (context, args) => change(context, args, resumed, 'goes on');

export const runPublishFull: Body = (context, args) => change(context, args, fullRequested, 'pushes everything again');

export const runPublishAcceptRemoval: Body = async (context, args) => {
  const pair = parsePair(String(args.positionals.pair));
  await change(
    context,
    args,
    (state) => removalAccepted(state, pair),
    'pushes, and lets go what the pair would remove',
  );
};

async function change(
  context: CommandContext,
  { options }: Arguments,
  changed: PublicationChange,
  now: string,
): Promise<void> {
  const status = await withDirectory(context, options.database, 'refuse', async (directory) => {
    const { publications } = directory;
    const key = await choosePublication(directory, options);
    await publications.change(key, changed);
    const view = await publications.view(key);
    return view && publicationStatus(view, await publications.openIntents(key.organization));
  });
  if (status === undefined) return;
  if (context.json) printJson(context, { publication: status });
  else
    printLine(
      context,
      printable(`Publication of ${status.organization} to ${status.provider} / ${status.dataSource} ${now}.`),
    );
}
