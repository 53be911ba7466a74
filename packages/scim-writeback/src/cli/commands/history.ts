import { defineCommand } from '@oaa-kit/oaa/cli';
import { organizationOptions } from './base.ts';

/** `oaa scim history` */
export const historyCommand = defineCommand({
  path: ['scim', 'history'],
  summary: 'Say who did what to a user or group, when, and with which credential',
  arguments: [
    { name: 'who', required: true, describe: 'Id, userName or displayName, also one of old or of somebody deleted' },
  ],
  options: organizationOptions,
  examples: ['oaa scim history jane.doe --database sqlite:scim.db'],
  load: async () => (await import('./run-history.ts')).runHistory,
});
