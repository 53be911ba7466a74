import { type CommandBody, printJson, printLine, printNote, printTable } from '@oaa-kit/oaa/cli';
import type { Organization } from '../../directory/directory.ts';
import { withDirectory } from '../open-database.ts';
import type { organizationCreateOptions, organizationListOptions } from './organization.ts';

/** Directories leave out that their times are UTC. */
function withZone(organization: Organization): Organization {
  const { createdAt } = organization;
  return createdAt.endsWith('Z') ? organization : { ...organization, createdAt: `${createdAt}Z` };
}

export const runOrganizationCreate: CommandBody<typeof organizationCreateOptions> = async (context, args) => {
  const id = String(args.positionals.id);
  const { database, name = id } = args.options;
  const organization = await withDirectory(context, database, 'make', ({ organizations }) =>
    organizations.create({ id, name }),
  );
  if (context.json) printJson(context, { organization: withZone(organization) });
  else printLine(context, `Made the organization ${organization.id}.`);
};

export const runOrganizationList: CommandBody<typeof organizationListOptions> = async (context, { options }) => {
  const listed = await withDirectory(context, options.database, 'refuse', (directory) =>
    directory.organizations.list(),
  );
  const organizations = listed.map(withZone);
  if (context.json) printJson(context, { organizations });
  else if (organizations.length === 0) printNote(context, 'There is no organization in this database.');
  else {
    const rows = organizations.map(({ id, name, createdAt }) => [id, name, createdAt]);
    printTable(context, ['ID', 'NAME', 'CREATED'], rows);
  }
};
