import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { databaseOption } from '../database-option.ts';

export const organizationCreateOptions = {
  database: databaseOption,
  name: { type: 'string', valueName: 'text', describe: 'What people call it; its id when left out' },
} as const satisfies OptionSpecs;

export const organizationListOptions = { database: databaseOption } as const satisfies OptionSpecs;

/** `oaa scim organization create` */
export const organizationCreateCommand = defineCommand({
  path: ['scim', 'organization', 'create'],
  summary: 'Make an organization: the users and groups that a credential opens',
  arguments: [{ name: 'id', required: true, describe: 'Letters, digits, "-" and "_"; at most 64' }],
  options: organizationCreateOptions,
  examples: ["oaa scim organization create acme --name 'Acme Inc.' --database sqlite:scim.db"],
  load: async () => (await import('./run-organization.ts')).runOrganizationCreate,
});

/** `oaa scim organization list` */
export const organizationListCommand = defineCommand({
  path: ['scim', 'organization', 'list'],
  summary: 'List the organizations of a service',
  options: organizationListOptions,
  examples: ['oaa scim organization list --database sqlite:scim.db'],
  load: async () => (await import('./run-organization.ts')).runOrganizationList,
});
