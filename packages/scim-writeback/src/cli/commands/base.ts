import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { databaseOption, defaultOrganization } from '../database-option.ts';

export const baseOptions = {
  database: databaseOption,
  organization: {
    type: 'string',
    valueName: 'id',
    default: defaultOrganization,
    describe: 'Organization of the application',
  },
} as const satisfies OptionSpecs;

export const importOptions = {
  ...baseOptions,
  actor: {
    type: 'string',
    valueName: 'name',
    default: 'connector',
    describe: 'Who submits it, for `oaa scim history`',
  },
} as const satisfies OptionSpecs;

export const baseSubmitOptions = {
  ...importOptions,
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
    examples: ['oaa scim base begin --database sqlite:scim.db'],
    load: async () => (await import('./run-base-begin.ts')).runBaseBegin,
  }),
  defineCommand({
    path: ['scim', 'base', 'submit'],
    summary: 'Merge what the connector extracted into the directory, and publish it',
    arguments: [payloadArgument],
    options: baseSubmitOptions,
    examples: ['oaa scim base submit payload.json --as-of 1042.7 --database sqlite:scim.db'],
    load: async () => (await import('./run-base-submit.ts')).runBaseSubmit,
  }),
  defineCommand({
    path: ['scim', 'base', 'list'],
    summary: 'List the accepted bases, the last one first, and the drift that is open',
    options: baseOptions,
    examples: ['oaa scim base list --database sqlite:scim.db'],
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
