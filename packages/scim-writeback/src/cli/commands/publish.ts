import { defineCommand, type OptionSpecs } from '@oaa-kit/oaa/cli';
import { databaseOption, defaultOrganization } from '../database-option.ts';

const targetOptions = {
  database: databaseOption,
  provider: { type: 'string', valueName: 'name', describe: 'Only what is published to this provider' },
  'data-source': { type: 'string', valueName: 'name', describe: 'Only what is published to this data source' },
} as const satisfies OptionSpecs;

export const publishStatusOptions = {
  ...targetOptions,
  organization: { type: 'string', valueName: 'id', describe: 'Only what is published of this organization' },
} as const satisfies OptionSpecs;

export const publishChangeOptions = {
  ...targetOptions,
  organization: {
    type: 'string',
    valueName: 'id',
    default: defaultOrganization,
    describe: 'Organization that is published',
  },
} as const satisfies OptionSpecs;

const load = async () => import('./run-publish-change.ts');

/** `oaa scim publish ...` */
export const publishCommands = [
  defineCommand({
    path: ['scim', 'publish', 'status'],
    summary: 'Say what is published, what is not yet, and why not',
    options: publishStatusOptions,
    examples: ['oaa scim publish status --database sqlite:scim.db'],
    load: async () => (await import('./run-publish-status.ts')).runPublishStatus,
  }),
  defineCommand({
    path: ['scim', 'publish', 'pause'],
    summary: 'Publish nothing until it is resumed; SCIM requests are answered as before',
    options: publishChangeOptions,
    examples: ['oaa scim publish pause --database sqlite:scim.db'],
    load: async () => (await load()).runPublishPause,
  }),
  defineCommand({
    path: ['scim', 'publish', 'resume'],
    summary: 'Go on publishing',
    options: publishChangeOptions,
    examples: ['oaa scim publish resume --database sqlite:scim.db'],
    load: async () => (await load()).runPublishResume,
  }),
  defineCommand({
    path: ['scim', 'publish', 'full'],
    summary: 'Push everything again, also what was held or left out because the tenant refused it',
    options: publishChangeOptions,
    examples: ['oaa scim publish full --database sqlite:scim.db'],
    load: async () => (await load()).runPublishFull,
  }),
  defineCommand({
    path: ['scim', 'publish', 'accept-removal'],
    summary: 'Let what a held pair would remove go',
    arguments: [{ name: 'pair', required: true, describe: 'As `oaa scim publish status` shows it: 1042.7' }],
    options: publishChangeOptions,
    examples: ['oaa scim publish accept-removal 1042.7 --database sqlite:scim.db'],
    load: async () => (await load()).runPublishAcceptRemoval,
  }),
];
