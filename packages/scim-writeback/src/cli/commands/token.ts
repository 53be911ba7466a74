import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { scopes } from '../../directory/credentials.ts';
import { databaseOption, organizationOption } from '../database-option.ts';

export const tokenCreateOptions = {
  database: databaseOption,
  organization: organizationOption,
  label: {
    type: 'string',
    valueName: 'client',
    required: true,
    describe: 'What logs, metrics and the history call the client',
  },
  scope: {
    type: 'string',
    array: true,
    choices: scopes,
    describe:
      'What the token may do; scim:read and scim:write when left out. base:write and tokens:rotate are for the administration API; tokens:rotate goes with no scope for SCIM',
  },
  'expires-in': { type: 'number', valueName: 'days', describe: 'Days until it opens nothing; never when left out' },
} as const satisfies OptionSpecs;

export const tokenListOptions = {
  database: databaseOption,
  organization: { type: 'string', valueName: 'id', describe: 'Only the tokens of this organization' },
} as const satisfies OptionSpecs;

export const tokenRevokeOptions = {
  database: databaseOption,
  organization: organizationOption,
} as const satisfies OptionSpecs;

/** `oaa scim token create` */
export const tokenCreateCommand = defineCommand({
  path: ['scim', 'token', 'create'],
  summary: 'Make a bearer token for a client and print it, this once',
  options: tokenCreateOptions,
  examples: [
    'oaa scim token create --label tenant --database sqlite:scim.db',
    'oaa scim token create --organization acme --label audit --scope scim:read --expires-in 90 --database sqlite:scim.db',
    'oaa scim token create --label connector --scope base:write --database sqlite:scim.db',
  ],
  load: async () => (await import('./run-token-create.ts')).runTokenCreate,
});

/** `oaa scim token list` */
export const tokenListCommand = defineCommand({
  path: ['scim', 'token', 'list'],
  summary: 'List credentials with their last use, never their secrets',
  options: tokenListOptions,
  examples: ['oaa scim token list --organization acme --database sqlite:scim.db'],
  load: async () => (await import('./run-token-list.ts')).runTokenList,
});

/** `oaa scim token revoke` */
export const tokenRevokeCommand = defineCommand({
  path: ['scim', 'token', 'revoke'],
  summary: 'Revoke a credential: within a second it opens nothing',
  arguments: [{ name: 'id', required: true, describe: 'As `oaa scim token list` shows it' }],
  options: tokenRevokeOptions,
  examples: ['oaa scim token revoke 4f1d2c3b5a697887 --organization acme --database sqlite:scim.db'],
  load: async () => (await import('./run-token-revoke.ts')).runTokenRevoke,
});
