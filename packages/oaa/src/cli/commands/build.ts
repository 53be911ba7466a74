import { defineCommand, type OptionSpecs } from '../command.ts';

export const buildOptions = {
  mapping: {
    type: 'string',
    valueName: 'file',
    required: true,
    describe:
      'How rows become entities (YAML or JSON); file names in it are relative to it. builtin:<id> is a ready mapping, for files of the current folder',
  },
  sources: {
    type: 'string',
    valueName: 'folder',
    describe: 'What file names of the mapping are relative to, instead of the folder of the mapping',
  },
  out: {
    type: 'string',
    valueName: 'file',
    describe:
      'Where the payload goes; a name that ends in .gz is compressed. stdout when left out. With errors nothing is written and an old file stays as it was',
  },
  preview: {
    type: 'number',
    valueName: 'count',
    describe: 'Print the first so many entities of each kind, and write nothing',
  },
  rejects: {
    type: 'string',
    valueName: 'file',
    describe:
      'Write rows that cannot be used as CSV, with their reasons; one file for each source where there are several (rejects.users.csv)',
  },
  'max-bad-rows': {
    type: 'number',
    valueName: 'count',
    default: 1_000,
    describe: 'Stop reading after so many bad rows',
  },
  'fail-on-warnings': { type: 'boolean', describe: 'Exit with 3 on warnings, too, and write nothing' },
} as const satisfies OptionSpecs;

/** `oaa build` */
export const buildCommand = defineCommand({
  path: ['build'],
  summary: 'Make a payload of CSV, JSON or NDJSON files, as a mapping says',
  options: buildOptions,
  examples: [
    'oaa build --mapping mapping.yaml --preview 3',
    'oaa build --mapping mapping.yaml --out payload.json --rejects rejects.csv',
  ],
  load: async () => (await import('./run-build.ts')).runBuild,
});
