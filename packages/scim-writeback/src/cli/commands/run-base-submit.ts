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
import type { AcceptedBase, SubmitOptions } from '../../directory/bases.ts';
import { defaultOrganization } from '../database-option.ts';
import { ensureOrganization, requireOrganization, type WhenMissing, withDirectory } from '../open-database.ts';
import type { baseSubmitOptions, importOptions } from './base.ts';
import { describeDrift } from './describe-drift.ts';

/** So many are printed for people; `--json` has them all. */
const shownNotices = 20;

/** Merges a base, and says what came of it. */
export const runBaseSubmit: CommandBody<typeof baseSubmitOptions> = async (context, { options, positionals }) => {
  const { database, organization, actor } = options;
  const submit = { actor, asOf: options['as-of'], maxRemovalPercent: options['max-removal'] };
  const target = { database, organization, whenMissing: 'refuse' } as const;
  print(context, await submitFile(context, String(positionals.payload), target, submit));
};

/** The same for the first base, which makes the database where there is none. */
export const runImport: CommandBody<typeof importOptions> = async (context, { options, positionals }) => {
  const { database, organization, actor } = options;
  const target = { database, organization, whenMissing: 'make' } as const;
  print(context, await submitFile(context, String(positionals.payload), target, { actor }));
};

interface Target {
  readonly database: string;
  readonly organization: string;
  readonly whenMissing: WhenMissing;
}

async function submitFile(
  context: CommandContext,
  file: string,
  { database, organization, whenMissing }: Target,
  options: SubmitOptions,
): Promise<AcceptedBase> {
  const progress = progressLine(context);
  try {
    progress.show('Reading the base');
    const payload = await readJsonFile(context, file);
    return await withDirectory(context, database, whenMissing, async (directory) => {
      if (whenMissing === 'make' && organization === defaultOrganization) {
        await ensureOrganization(directory, organization);
      } else await requireOrganization(directory, organization);
      progress.show('Merging the base');
      return directory.bases(organization).submit(payload, options);
    });
  } finally {
    progress.clear();
  }
}

function print(context: CommandContext, { record, changes, drifts, notices }: AcceptedBase): void {
  if (context.json) {
    printJson(context, { base: record, changes, drifts, notices });
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
      `Accepted base ${record.generation} of ${record.application.name}: created ${created}, updated ${updated}, deleted ${deleted}; ` +
        `${counted(membersAdded, 'membership')} added, ${membersRemoved} removed. The organization is at revision ${record.revision}.`,
    ),
  );
}
