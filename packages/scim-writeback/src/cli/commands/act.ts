import { type Command, defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { connectionOptions, credentialOptions, endpointOptions } from '../connection-options.ts';

/** How to reach a SCIM service, and how to talk to it. */
export const actOptions = {
  url: { type: 'string', valueName: 'url', required: true, describe: 'Base URL of the SCIM service, without /Users' },
  ...credentialOptions,
  dialect: {
    type: 'string',
    choices: ['standard', 'veza'],
    default: 'standard',
    describe: "RFC 7644, or the rules of a Veza tenant's own SCIM service",
  },
  ...endpointOptions,
  ...connectionOptions,
  timeout: { type: 'number', valueName: 'seconds', default: 60, describe: 'How long to wait for an answer' },
  retries: { type: 'number', valueName: 'count', default: 5, describe: 'How often to send a failed request again' },
  'rate-limit': {
    type: 'number',
    valueName: 'count',
    describe: 'Requests a minute at most; 200 in the dialect veza, else any number',
  },
  'dry-run': { type: 'boolean', describe: 'Send requests that read, and show those that would change something' },
} as const satisfies OptionSpecs;

const userOptions = {
  user: { type: 'string', valueName: 'id', describe: 'Id that the service has given to the user' },
  'user-name': { type: 'string', valueName: 'name', describe: 'User name, which is looked up first' },
} as const satisfies OptionSpecs;

export const actSyncOptions = {
  attributes: {
    type: 'string',
    valueName: 'file',
    describe: 'YAML or JSON file with attributes, named as policies do: user_name, given_name, emails ...',
  },
  set: { type: 'string', array: true, valueName: 'name=value', describe: 'One attribute; wins over the file' },
  formatters: {
    type: 'string',
    valueName: 'file',
    describe: 'YAML or JSON file with transformers, which make the attributes of those that are given',
  },
  'extension-schemas': {
    type: 'boolean',
    describe: "Read /Schemas, to name attributes of the service's own extensions by URN",
  },
  reactivate: { type: 'boolean', describe: 'Bring back a user who was deactivated' },
  'if-unchanged': { type: 'boolean', describe: 'Update only the version that was read (If-Match)' },
  ...actOptions,
} as const satisfies OptionSpecs;

export const actUserOptions = { ...userOptions, ...actOptions } as const satisfies OptionSpecs;

export const actMembershipOptions = {
  ...userOptions,
  group: { type: 'string', valueName: 'id', describe: 'Id that the service has given to the group' },
  'group-name': { type: 'string', valueName: 'name', describe: 'Display name of the group, which is looked up first' },
  ...actOptions,
} as const satisfies OptionSpecs;

export const actCreateGroupOptions = {
  name: { type: 'string', valueName: 'name', required: true, describe: 'Display name of the group' },
  ...actOptions,
} as const satisfies OptionSpecs;

const url = '--url https://scim.example.com/scim/v2';

/** `oaa scim act ...`: the lifecycle actions of a tenant, one at a time. */
export const actCommands: readonly Command[] = [
  defineCommand({
    path: ['scim', 'act', 'sync'],
    summary: 'Sync Identities: make a user, or update the one with this user name',
    options: actSyncOptions,
    examples: [
      `oaa scim act sync --set user_name=jane.doe --set given_name=Jane ${url} --token env:SCIM_TOKEN`,
      `oaa scim act sync --attributes jane.yaml --formatters formatters.yaml --dry-run ${url} --token env:SCIM_TOKEN`,
    ],
    load: async () => (await import('./run-act-sync.ts')).runActSync,
  }),
  defineCommand({
    path: ['scim', 'act', 'deprovision'],
    summary: 'De-provision Identity: deactivate a user',
    options: actUserOptions,
    examples: [`oaa scim act deprovision --user-name jane.doe ${url} --token env:SCIM_TOKEN`],
    load: async () => (await import('./run-act-user.ts')).runActDeprovision,
  }),
  defineCommand({
    path: ['scim', 'act', 'delete'],
    summary: 'Delete Identity: delete a user for good',
    options: actUserOptions,
    examples: [`oaa scim act delete --user-name jane.doe ${url} --token env:SCIM_TOKEN`],
    load: async () => (await import('./run-act-user.ts')).runActDelete,
  }),
  defineCommand({
    path: ['scim', 'act', 'add-to-group'],
    summary: 'Manage Relationships: make a user a member of a group',
    options: actMembershipOptions,
    examples: [`oaa scim act add-to-group --user-name jane.doe --group-name Engineering ${url} --token env:SCIM_TOKEN`],
    load: async () => (await import('./run-act-membership.ts')).runActAddToGroup,
  }),
  defineCommand({
    path: ['scim', 'act', 'remove-from-group'],
    summary: 'Manage Relationships: take a user out of a group',
    options: actMembershipOptions,
    examples: [
      `oaa scim act remove-from-group --user-name jane.doe --group-name Engineering ${url} --token env:SCIM_TOKEN`,
    ],
    load: async () => (await import('./run-act-membership.ts')).runActRemoveFromGroup,
  }),
  defineCommand({
    path: ['scim', 'act', 'create-group'],
    summary: 'Create Entitlement: make a group',
    options: actCreateGroupOptions,
    examples: [`oaa scim act create-group --name Engineering ${url} --token env:SCIM_TOKEN`],
    load: async () => (await import('./run-act-create-group.ts')).runActCreateGroup,
  }),
];
