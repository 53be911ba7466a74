import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { allowCommandsOption, connectionOptions, defaultPatience } from '../connection-options.ts';
import { databaseOption, defaultActor, defaultOrganization } from '../database-option.ts';

/** The bases of a database on this machine, or of a service on another one. */
export const baseOptions = {
  database: {
    type: 'string',
    valueName: 'url',
    describe: 'Database of the service: sqlite:<file>; either this or --url',
  },
  organization: {
    type: 'string',
    valueName: 'id',
    describe: `Organization of the application, with --database; ${defaultOrganization} when left out`,
  },
  url: {
    type: 'string',
    valueName: 'url',
    describe: 'Administration API of a service on another machine: https://scim.example.com/admin',
  },
  token: {
    type: 'string',
    valueName: 'reference',
    describe: 'With --url, where the token with the scope base:write is: env:NAME, file:path or cmd:program',
  },
  'allow-commands': allowCommandsOption,
  ...connectionOptions,
  timeout: {
    type: 'number',
    valueName: 'seconds',
    describe: `How long to wait for an answer; ${defaultPatience.timeout} when left out`,
  },
  retries: {
    type: 'number',
    valueName: 'count',
    describe: `How often to send a failed request again, ${defaultPatience.retries} times when left out; a base whose answer was lost is not`,
  },
} as const satisfies OptionSpecs;

/** Of commands that only read or write a database on this machine. */
export const organizationOptions = {
  database: databaseOption,
  organization: {
    type: 'string',
    valueName: 'id',
    default: defaultOrganization,
    describe: 'Organization of the application',
  },
} as const satisfies OptionSpecs;

export const importOptions = {
  ...organizationOptions,
  actor: {
    type: 'string',
    valueName: 'name',
    default: defaultActor,
    describe: 'Who submits it, for `oaa scim history`',
  },
} as const satisfies OptionSpecs;

export const baseSubmitOptions = {
  'as-of': {
    type: 'string',
    valueName: 'revision.generation',
    describe: 'What `oaa scim base begin` said before the extraction; may be left out for the first base',
  },
  'max-removal': {
    type: 'number',
    valueName: 'percent',
    default: 20,
    describe:
      'Stop (exit 8) when more than this share, and more than 10, of the users, groups, roles, resources, permissions, memberships or grants would go',
  },
  actor: {
    type: 'string',
    valueName: 'name',
    describe: `Who submits it, for \`oaa scim history\`, with --database; ${defaultActor} when left out. With --url it is the label of the token`,
  },
  ...baseOptions,
} as const satisfies OptionSpecs;

const payloadArgument = {
  name: 'payload',
  describe: 'JSON file with a payload; - reads stdin',
  required: true,
} as const;

/** `oaa scim base ...` and `oaa scim import` */
export const baseCommands = [
  defineCommand({
    path: ['scim', 'base', 'begin'],
    summary: 'Say what the organization stands at; ask before each extraction',
    options: baseOptions,
    examples: [
      'oaa scim base begin --database sqlite:scim.db',
      'oaa scim base begin --url https://scim.example.com/admin --token env:BASE_TOKEN',
    ],
    load: async () => (await import('./run-base-begin.ts')).runBaseBegin,
  }),
  defineCommand({
    path: ['scim', 'base', 'submit'],
    summary: 'Merge what the connector extracted into the directory, and publish it',
    arguments: [payloadArgument],
    options: baseSubmitOptions,
    examples: [
      'oaa scim base submit payload.json --as-of 1042.7 --database sqlite:scim.db',
      'oaa scim base submit payload.json --as-of 1042.7 --url https://scim.example.com/admin --token env:BASE_TOKEN',
    ],
    load: async () => (await import('./run-base-submit.ts')).runBaseSubmit,
  }),
  defineCommand({
    path: ['scim', 'base', 'list'],
    summary: 'List the accepted bases, the last one first, and the drift that is open',
    options: baseOptions,
    examples: [
      'oaa scim base list --database sqlite:scim.db',
      'oaa scim base list --url https://scim.example.com/admin --token env:BASE_TOKEN',
    ],
    load: async () => (await import('./run-base-list.ts')).runBaseList,
  }),
  defineCommand({
    path: ['scim', 'import'],
    summary: 'Fill a directory from a payload: the first base. Nothing that SCIM made is overruled',
    arguments: [payloadArgument],
    options: importOptions,
    examples: ['oaa scim import payload.json --database sqlite:scim.db'],
    load: async () => (await import('./run-base-submit.ts')).runImport,
  }),
];
