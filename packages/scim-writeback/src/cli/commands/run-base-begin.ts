import { type CommandBody, printJson, printLine } from '@oaa-kit/oaa/cli';
import { requireOrganization, withDirectory } from '../open-database.ts';
import type { baseOptions } from './base.ts';

/** Prints the as-of alone on stdout, so that a script can keep it. */
export const runBaseBegin: CommandBody<typeof baseOptions> = async (context, { options }) => {
  const { database, organization } = options;
  const begun = await withDirectory(context, database, 'refuse', async (directory) => {
    await requireOrganization(directory, organization);
    return directory.bases(organization).begin();
  });
  if (context.json) printJson(context, begun);
  else printLine(context, begun.asOf);
};
