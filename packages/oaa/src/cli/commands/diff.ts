import { templates } from '../../payload/templates.ts';
import { defineCommand, type OptionSpecs } from '../command.ts';

export const diffOptions = {
  template: {
    type: 'string',
    choices: templates,
    valueName: 'name',
    describe: 'The template of both payloads; found from their keys when left out',
  },
  'detailed-exit': { type: 'boolean', describe: 'Exit with 7 when the payloads differ' },
  limit: { type: 'number', valueName: 'count', default: 100, describe: 'Print at most so many differences' },
} as const satisfies OptionSpecs;

/** `oaa diff` */
export const diffCommand = defineCommand({
  path: ['diff'],
  summary: 'Say what a push of a new payload would add, change and remove where an old one is',
  arguments: [
    { name: 'old', describe: 'JSON file with the payload that was pushed; - reads stdin', required: true },
    { name: 'new', describe: 'JSON file with the payload to push; - reads stdin', required: true },
  ],
  options: diffOptions,
  examples: ['oaa diff pushed.json payload.json', 'oaa diff pushed.json payload.json --detailed-exit --json'],
  load: async () => (await import('./run-diff.ts')).runDiff,
});
