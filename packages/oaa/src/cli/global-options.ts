import type { OptionSpecs } from './command.ts';

/** Options that every command takes. */
export const globalOptions = {
  json: { type: 'boolean', describe: 'Print the result as one JSON document, for machines' },
  quiet: { type: 'boolean', describe: 'No progress on stderr' },
  debug: { type: 'boolean', describe: 'Say on stderr what is done, with stack traces of faults' },
  config: { type: 'string', valueName: 'file', describe: 'Settings file instead of ./oaa.config.yaml' },
  help: { type: 'boolean', alias: 'h', describe: 'Show help' },
  version: { type: 'boolean', alias: 'V', describe: 'Show the version' },
} as const satisfies OptionSpecs;

/** What the global options of a call say. */
export interface GlobalValues {
  readonly json: boolean;
  readonly quiet: boolean;
  readonly debug: boolean;
  readonly config: string | undefined;
  readonly help: boolean;
  readonly version: boolean;
}

/** How many places of `argv` the global option at `index` takes; 0 when it is none. */
export function globalOptionLength(argv: readonly string[], index: number): 0 | 1 | 2 {
  const [flag = '', value] = (argv[index] ?? '').split('=', 2);
  if (flag === '--config') return value === undefined && !(argv[index + 1] ?? '-').startsWith('-') ? 2 : 1;
  return ['--json', '--quiet', '--debug', '--help', '-h', '--version', '-V'].includes(flag) ? 1 : 0;
}

/**
 * Reads the global options anywhere in `argv`, before it is known which command is meant: even a call that is wrong
 * otherwise is answered in the form that it asks for.
 */
export function readGlobalOptions(argv: readonly string[]): GlobalValues {
  const end = argv.indexOf('--');
  const flags = end === -1 ? argv : argv.slice(0, end);
  const configAt = flags.findLastIndex((flag) => flag === '--config' || flag.startsWith('--config='));
  const config = flags[configAt]?.startsWith('--config=')
    ? flags[configAt].slice('--config='.length)
    : globalOptionLength(flags, configAt) === 2
      ? flags[configAt + 1]
      : undefined;
  return {
    json: flags.includes('--json'),
    quiet: flags.includes('--quiet'),
    debug: flags.includes('--debug'),
    config: config === '' ? undefined : config,
    help: flags.includes('--help') || flags.includes('-h'),
    version: flags.includes('--version') || flags.includes('-V'),
  };
}
