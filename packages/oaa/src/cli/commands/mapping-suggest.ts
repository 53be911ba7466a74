import { defineCommand, type OptionSpecs } from '../command.ts';

export const mappingSuggestOptions = {
  out: {
    type: 'string',
    valueName: 'file',
    describe: 'Where the mapping goes, stdout when left out; a file that is there already is not overwritten',
  },
  application: {
    type: 'string',
    valueName: 'name',
    describe: 'The name of the application whose access the files describe',
  },
} as const satisfies OptionSpecs;

/** `oaa mapping suggest` */
export const mappingSuggestCommand = defineCommand({
  path: ['mapping', 'suggest'],
  summary: 'Draft a mapping for CSV, JSON or NDJSON files from their headers and rows',
  arguments: [
    { name: 'file', describe: 'Files of one application: users, roles, grants ...', required: true, variadic: true },
  ],
  options: mappingSuggestOptions,
  examples: [
    'oaa mapping suggest users.csv > mapping.yaml',
    "oaa mapping suggest users.csv groups.csv roles.csv --application 'Customer Portal' --out mapping.yaml",
  ],
  load: async () => (await import('./run-mapping-suggest.ts')).runMappingSuggest,
});
