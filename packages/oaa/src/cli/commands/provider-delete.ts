import { defineCommand, type OptionSpecs } from '../command.ts';
import { tenantOptions } from '../tenant-options.ts';

export const providerDeleteOptions = {
  yes: { type: 'boolean', alias: 'y', describe: 'Delete without asking' },
  ...tenantOptions,
} as const satisfies OptionSpecs;

/** `oaa provider delete` */
export const providerDeleteCommand = defineCommand({
  path: ['provider', 'delete'],
  summary: 'Delete a custom provider with everything that was pushed to it',
  arguments: [{ name: 'name-or-id', describe: 'Name or id of the provider', required: true }],
  options: providerDeleteOptions,
  examples: ["oaa provider delete 'Customer Portal' --yes"],
  load: async () => (await import('./run-provider-delete.ts')).runProviderDelete,
});
