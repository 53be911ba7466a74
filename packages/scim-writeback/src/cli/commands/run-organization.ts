import { type CommandBody, printJson, printLine, printNote, printTable } from '@oaa-kit/oaa/cli';
import type { Organization } from '../../directory/directory.ts';
import { showInstant } from '../../protocol/values/date-time.ts';
import { withDirectory } from '../open-database.ts';
import type { organizationCreateOptions, organizationListOptions } from './organization.ts';

/** With its time as clients see times. */
function shown(organization: Organization): Organization {
  return { ...organization, createdAt: showInstant(organization.createdAt) };
}

export const runOrganizationCreate: CommandBody<typeof organizationCreateOptions> = async (context, args) => {
  const id = String(args.positionals.id);
  const { database, name = id } = args.options;
  const organization = await withDirectory(context, database, 'make', ({ organizations }) =>
    organizations.create({ id, name }),
  );
  if (context.json) printJson(context, { organization: shown(organization) });
  else printLine(context, `Made the organization ${organization.id}.`);
};

export const runOrganizationList: CommandBody<typeof organizationListOptions> = async (context, { options }) => {
  const listed = await withDirectory(context, options.database, 'refuse', (directory) =>
    directory.organizations.list(),
  );
  const organizations = listed.map(shown);
  if (context.json) printJson(context, { organizations });
  else if (organizations.length === 0) printNote(context, 'There is no organization in this database.');
  else {
    const rows = organizations.map(({ id, name, createdAt }) => [id, name, createdAt]);
    printTable(context, ['ID', 'NAME', 'CREATED'], rows);
  }
};
