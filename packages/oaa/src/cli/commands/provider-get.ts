import { defineCommand } from '../command.ts';
import { tenantOptions } from '../tenant-options.ts';

/** `oaa provider get` */
export const providerGetCommand = defineCommand({
  path: ['provider', 'get'],
  summary: 'Show a custom provider and its data sources',
  arguments: [{ name: 'name-or-id', describe: 'Name or id of the provider', required: true }],
  options: tenantOptions,
  examples: ["oaa provider get 'Customer Portal'"],
  load: async () => (await import('./run-provider-get.ts')).runProviderGet,
});
