import { type Command, defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { connectionOptions, credentialOptions, endpointOptions } from '../connection-options.ts';

export const checkOptions = {
  'read-only': { type: 'boolean', describe: 'Make, change and delete nothing; what needs that is listed as not tried' },
  ...credentialOptions,
  ...endpointOptions,
  'extension-schemas': {
    type: 'boolean',
    describe: 'Check /Schemas, too, which the tenant reads with scim_extension_schemas',
  },
  'user-domain': {
    type: 'string',
    valueName: 'domain',
    describe: 'Make users whose names are addresses of this domain, for services that take no others',
  },
  ...connectionOptions,
  timeout: { type: 'number', valueName: 'seconds', default: 30, describe: 'How long to wait for each answer' },
} as const satisfies OptionSpecs;

/** `oaa scim check <url>`: whether an endpoint does what a tenant needs of it. */
export const checkCommand: Command = defineCommand({
  path: ['scim', 'check'],
  summary: 'Check whether a SCIM endpoint does what a tenant needs of it',
  arguments: [{ name: 'url', describe: 'Base URL of the SCIM service, without /Users', required: true }],
  options: checkOptions,
  examples: [
    'oaa scim check https://scim.example.com/scim/v2 --token env:SCIM_TOKEN',
    'oaa scim check https://scim.example.com/scim/v2 --token env:SCIM_TOKEN --read-only',
  ],
  load: async () => (await import('./run-check.ts')).runCheck,
});
