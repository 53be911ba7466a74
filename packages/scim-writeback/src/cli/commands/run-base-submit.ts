import {
  type CommandBody,
  type CommandContext,
  counted,
  printable,
  printJson,
  printLine,
  printNote,
  progressLine,
  readJsonFile,
} from '@oaa-kit/oaa/cli';
import type { BaseClient } from '../../client/bases/base-client.ts';
import type { AcceptedBaseDocument } from '../../server/admin/base-documents.ts';
import { localBases } from '../bases/local-bases.ts';
import { withBases } from '../bases/with-bases.ts';
import { defaultOrganization } from '../database-option.ts';
import { ensureOrganization, requireOrganization, withDirectory } from '../open-database.ts';
import type { baseSubmitOptions, importOptions } from './base.ts';
import { describeDrift } from './describe-drift.ts';

/** So many are printed for people; `--json` has them all. */
const shownNotices = 20;

/** Merges a base, and says what came of it. */
export const runBaseSubmit: CommandBody<typeof baseSubmitOptions> = async (context, { options, positionals }) => {
  const submit = { asOf: options['as-of'], maxRemovalPercent: options['max-removal'] };
  const file = String(positionals.payload);
  print(context, await submitFile(context, file, submit, (work) => withBases(context, options, work)));
};

/** The same for the first base, which makes the database where there is none. */
export const runImport: CommandBody<typeof importOptions> = async (context, { options, positionals }) => {
  const { database, organization, actor } = options;
  const accepted = await submitFile(context, String(positionals.payload), {}, (work) =>
    withDirectory(context, database, 'make', async (directory) => {
      if (organization === defaultOrganization) await ensureOrganization(directory, organization);
      else await requireOrganization(directory, organization);
      return work(localBases(context, directory, organization, actor));
    }),
  );
  print(context, accepted);
};

type OpenBases = (work: (bases: BaseClient) => Promise<AcceptedBaseDocument>) => Promise<AcceptedBaseDocument>;

async function submitFile(
  context: CommandContext,
  file: string,
  options: Parameters<BaseClient['submit']>[1],
  open: OpenBases,
): Promise<AcceptedBaseDocument> {
  const progress = progressLine(context);
  try {
    progress.show('Reading the base');
    const payload = await readJsonFile(context, file);
    return await open((bases) => {
      progress.show('Merging the base');
      return bases.submit(payload, options);
    });
  } finally {
    progress.clear();
  }
}

function print(context: CommandContext, { base, changes, drifts, notices }: AcceptedBaseDocument): void {
  if (context.json) {
    printJson(context, { base, changes, drifts, notices });
    return;
  }
  for (const { code, message } of notices.slice(0, shownNotices)) printNote(context, printable(`${code}: ${message}`));
  for (const drift of drifts.slice(0, shownNotices)) printNote(context, printable(describeDrift(drift)));
  const left = Math.max(0, notices.length - shownNotices) + Math.max(0, drifts.length - shownNotices);
  if (left > 0) printNote(context, `and ${left.toLocaleString('en-US')} more; use --json to see all`);
  const { created, updated, deleted, membersAdded, membersRemoved } = changes;
  printLine(
    context,
    printable(
      `Accepted base ${base.generation} of ${base.application.name}: created ${created}, updated ${updated}, deleted ${deleted}; ` +
        `${counted(membersAdded, 'membership')} added, ${membersRemoved} removed. The organization is at revision ${base.revision}.`,
    ),
  );
}
