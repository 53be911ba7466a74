import { templates } from '../../payload/templates.ts';
import { defineCommand, type OptionSpecs } from '../command.ts';

export const validateOptions = {
  template: {
    type: 'string',
    choices: templates,
    valueName: 'name',
    describe: "The payload's template; found from its keys when left out",
  },
  'fail-on-warnings': { type: 'boolean', describe: 'Exit with 3 when there are warnings, too' },
} as const satisfies OptionSpecs;

/** `oaa validate` */
export const validateCommand = defineCommand({
  path: ['validate'],
  summary: 'Check a payload and list every problem with its place',
  arguments: [{ name: 'payload', describe: 'JSON file with a payload; - reads stdin', required: true }],
  options: validateOptions,
  examples: ['oaa validate payload.json', 'oaa validate payload.json --fail-on-warnings --json'],
  load: async () => (await import('./run-validate.ts')).runValidate,
});
