import { expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { commandHelp, commandListHelp } from './help.ts';
import { testContext } from './test-support.ts';

const command = defineCommand({
  path: ['crate', 'ship'],
  summary: 'Ship a crate',
  arguments: [
    { name: 'crate', describe: 'Which one', required: true },
    { name: 'more', describe: 'And these', variadic: true },
  ],
  options: {
    to: { type: 'string', valueName: 'port', required: true, describe: 'Where it goes' },
    mode: { type: 'string', choices: ['air', 'sea'], default: 'sea', describe: 'By what' },
    label: { type: 'string', array: true, alias: 'l', describe: 'Text on it' },
  },
  examples: ['oaa crate ship blue --to Oslo'],
  load: async () => async () => undefined,
});

test('the help of a command', () => {
  const { context } = testContext();
  expect(commandHelp(context, command)).toBe(`Ship a crate.

Usage
  oaa crate ship <crate> [more...] --to <port> [options]

Arguments
  <crate>    Which one
  [more...]  And these

Options
  --to <port>           Where it goes (required)
  --mode <air|sea>      By what (default: sea)
  -l, --label <string>  Text on it (may be repeated)

Options of every command
  --json           Print the result as one JSON document, for machines
  --quiet          No progress on stderr
  --debug          Say on stderr what is done, with stack traces of faults
  --config <file>  Settings file instead of ./oaa.config.yaml
  -h, --help       Show help
  -V, --version    Show the version

Example
  oaa crate ship blue --to Oslo
`);
});

test('the list of commands names those of packs', () => {
  const { context } = testContext();
  const help = commandListHelp(context, [], [command], [{ noun: 'scim', summary: 'Serve' }]);
  expect(help).toContain('  crate ship <crate> [more...]  Ship a crate\n  scim ...                      Serve\n');
});

test('no line is wider than a narrow terminal', () => {
  const { context } = testContext();
  const narrow = { ...context, stdout: Object.assign(testContext().stdout, { columns: 60 }) };
  const widest = Math.max(
    ...commandHelp(narrow, command)
      .split('\n')
      .map((line) => line.length),
  );
  expect(widest).toBeLessThanOrEqual(76);
});

test('headings are bold on a terminal, and plain with NO_COLOR', () => {
  const bold = testContext({ terminal: true }).context;
  expect(commandHelp(bold, command)).toContain('\u001b[1mUsage\u001b[22m');
  const plain = testContext({ terminal: true, env: { NO_COLOR: '1' } }).context;
  expect(commandHelp(plain, command)).not.toContain('\u001b');
});
