import { defineCommand } from '../command.ts';
import { tenantOptions } from '../tenant-options.ts';

/** `oaa tenant check` */
export const tenantCheckCommand = defineCommand({
  path: ['tenant', 'check'],
  summary: 'Check whether the tenant can be reached and the API key may push (an empty push to nowhere)',
  options: tenantOptions,
  examples: ['oaa tenant check', 'oaa tenant check --json'],
  load: async () => (await import('./run-tenant-check.ts')).runTenantCheck,
});
