import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { databaseOption, defaultOrganization } from '../database-option.ts';

export const journalOptions = {
  database: databaseOption,
  organization: {
    type: 'string',
    valueName: 'id',
    default: defaultOrganization,
    describe: 'Organization whose journal it is',
  },
} as const satisfies OptionSpecs;

export const journalResolveOptions = {
  ...journalOptions,
  as: {
    type: 'string',
    required: true,
    choices: ['applied', 'not-applied'],
    describe: 'Whether the application has done the operation at which the change is stuck',
  },
  'native-id': {
    type: 'string',
    valueName: 'id',
    describe: 'What the application calls the user or group that it has made',
  },
} as const satisfies OptionSpecs;

const id = { name: 'id', required: true, describe: 'As `oaa scim journal list` shows it' } as const;

/** `oaa scim journal ...` */
export const journalCommands = [
  defineCommand({
    path: ['scim', 'journal', 'list'],
    summary: 'List the changes of which it is not known whether the application has made them',
    options: journalOptions,
    examples: ['oaa scim journal list --database sqlite:scim.db'],
    load: async () => (await import('./run-journal-list.ts')).runJournalList,
  }),
  defineCommand({
    path: ['scim', 'journal', 'show'],
    summary: 'Show what a change asks of the application, how far it has come, and why it is stuck',
    arguments: [id],
    options: journalOptions,
    examples: ['oaa scim journal show 0b0e7d5c-0f5c-4d0e-9a53-3a1f6b1f2c11 --database sqlite:scim.db'],
    load: async () => (await import('./run-journal-show.ts')).runJournalShow,
  }),
  defineCommand({
    path: ['scim', 'journal', 'resolve'],
    summary: 'Say what you have found in the application, so that a change that is stuck comes to its end',
    arguments: [id],
    options: journalResolveOptions,
    examples: [
      'oaa scim journal resolve 0b0e7d5c-0f5c-4d0e-9a53-3a1f6b1f2c11 --as applied --database sqlite:scim.db',
      'oaa scim journal resolve 0b0e7d5c-0f5c-4d0e-9a53-3a1f6b1f2c11 --as not-applied --database sqlite:scim.db',
    ],
    load: async () => (await import('./run-journal-resolve.ts')).runJournalResolve,
  }),
];
