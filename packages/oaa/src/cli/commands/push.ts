import { templates } from '../../payload/templates.ts';
import { defineCommand, type OptionSpecs } from '../command.ts';
import { tenantOptions } from '../tenant-options.ts';

export const pushOptions = {
  provider: { type: 'string', valueName: 'name', required: true, describe: 'Provider to push to' },
  'data-source': {
    type: 'string',
    valueName: 'name',
    required: true,
    describe: 'Data source to push to; made when it is missing',
  },
  'create-provider': { type: 'boolean', describe: 'Make the provider when it is missing' },
  template: {
    type: 'string',
    choices: templates,
    valueName: 'name',
    describe: "The payload's template; found from its keys when left out",
  },
  'dry-run': {
    type: 'boolean',
    describe:
      'Change nothing: validate, and say what would be done (the tenant is only read, and only when one is set)',
  },
  'save-json': {
    type: 'string',
    valueName: 'folder',
    describe: 'Keep a copy of the payload: {data source}-{YYYYMMDD-HHMMSS}.json, time in UTC, written before the push',
  },
  'fail-on-warnings': {
    type: 'boolean',
    describe: 'Exit with 3 on warnings; those of the validation stop the push before anything is sent',
  },
  'max-removal': {
    type: 'number',
    valueName: 'percent',
    describe:
      'Stop (exit 8) when more than this share, and more than 10, of the users, groups, roles, resources, permissions, memberships or grants would go; otherwise removalGuard in oaa.config.yaml, or 20',
  },
  'first-push': {
    type: 'boolean',
    describe: 'Push to a data source that is on the tenant already although no push to it is on record here',
  },
  'state-dir': {
    type: 'string',
    valueName: 'folder',
    describe: 'Where pushes are on record (hashes only); otherwise OAA_STATE_DIR, or ~/.local/state/oaa-kit',
  },
  compression: {
    type: 'string',
    choices: ['gzip', 'none'],
    default: 'gzip',
    describe: 'How one request is compressed',
  },
  multipart: {
    type: 'string',
    choices: ['auto', 'always', 'never'],
    default: 'auto',
    describe: 'Send in parts; auto: when one request would be large, and all parts are within the limit',
  },
  ...tenantOptions,
} as const satisfies OptionSpecs;

/** `oaa push` */
export const pushCommand = defineCommand({
  path: ['push'],
  summary: 'Validate a payload; make it the new content of a data source',
  arguments: [{ name: 'payload', describe: 'JSON file with a payload; - reads stdin', required: true }],
  options: pushOptions,
  examples: [
    "oaa push payload.json --provider 'Customer Portal' --data-source portal.example.com --create-provider",
    "oaa push payload.json --provider 'Customer Portal' --data-source portal.example.com --dry-run",
  ],
  load: async () => (await import('./run-push.ts')).runPush,
});
