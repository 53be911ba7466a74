import { defineCommand, type OptionSpecs } from '../command.ts';
import { tenantOptions } from '../tenant-options.ts';

export const providerListOptions = {
  filter: {
    type: 'string',
    valueName: 'expression',
    describe: 'Only these, in the words of the tenant: name eq "GitHub"',
  },
  ...tenantOptions,
} as const satisfies OptionSpecs;

/** `oaa provider list` */
export const providerListCommand = defineCommand({
  path: ['provider', 'list'],
  summary: 'List the custom providers of the tenant',
  options: providerListOptions,
  examples: ['oaa provider list', `oaa provider list --filter 'name eq "Customer Portal"' --json`],
  load: async () => (await import('./run-provider-list.ts')).runProviderList,
});
