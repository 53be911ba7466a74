import { expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { CommandUsageError } from './command-usage-error.ts';
import { parseArguments } from './parse-arguments.ts';

const command = defineCommand({
  path: ['ship'],
  summary: 'Ship',
  arguments: [
    { name: 'file', describe: 'what to ship', required: true },
    { name: 'copies', describe: 'more files', variadic: true },
  ],
  options: {
    to: { type: 'string', describe: 'where to', required: true, alias: 't' },
    speed: { type: 'number', describe: 'how fast', default: 3 },
    mode: { type: 'string', describe: 'by what', choices: ['air', 'sea'] },
    label: { type: 'string', describe: 'text on it', array: true },
    'dry-run': { type: 'boolean', describe: 'only say it' },
  },
  examples: [],
  load: async () => async () => undefined,
});

const problemsOf = async (...argv: string[]) => {
  const error = await parseArguments(command, argv).catch((thrown: unknown) => thrown);
  if (!(error instanceof CommandUsageError)) throw new Error('no usage error');
  return error.problems;
};

test('values come in the types of their options, with defaults', async () => {
  const { options, positionals } = await parseArguments(command, ['a.json', '-t', '007', '--speed=1.5', '--dry-run']);
  expect(options).toEqual({ to: '007', speed: 1.5, 'dry-run': true });
  expect(positionals).toEqual({ file: 'a.json', copies: [] });
});

test('a variadic argument takes all that remain, a repeated option all its values', async () => {
  const { options, positionals } = await parseArguments(command, [
    'a',
    'b',
    '--label',
    'x',
    'c',
    '--label',
    'y',
    '--to',
    'z',
  ]);
  expect(options).toEqual({ to: 'z', speed: 3, label: ['x', 'y'] });
  expect(positionals).toEqual({ file: 'a', copies: ['b', 'c'] });
});

test('a dash alone and what follows two dashes are arguments', async () => {
  const { positionals } = await parseArguments(command, ['-', '--to', 'z', '--', '--speed']);
  expect(positionals).toEqual({ file: '-', copies: ['--speed'] });
});

test('all problems of a call are told at once', async () => {
  expect(await problemsOf('--speed', 'fast', '--mode', 'aer', '--labl', 'x', '--to')).toEqual([
    'Unknown option --labl. Did you mean --label?',
    '--to needs a value: where to.',
    '--speed must be a number, not "fast".',
    '--mode must be one of air, sea, not "aer". Did you mean "air"?',
    'Missing argument <file>: what to ship.',
  ]);
});

test('a required option that was misspelled is not called missing as well', async () => {
  expect(await problemsOf('a', '--too', 'x')).toEqual(['Unknown option --too. Did you mean --to?']);
});

test('a missing required option says what it is for', async () => {
  expect(await problemsOf('a')).toEqual(['Missing option --to: where to.']);
});

test('an option for one value refuses two', async () => {
  expect(await problemsOf('a', '--to', 'x', '--to', 'y')).toEqual(['--to was given 2 times; it takes one value.']);
});

test('an option without its value is named', async () => {
  expect(await problemsOf('a', '--to', 'x', '--label')).toEqual(['--label needs a value: text on it.']);
});

test('a switch refuses a value', async () => {
  expect(await problemsOf('a', '--to', 'x', '--dry-run=maybe')).toEqual(['--dry-run takes no value.']);
});

test('a key on the command line is refused without showing it', async () => {
  const problems = await problemsOf('a', '--to', 'x', '--token', 'hunter22-very-secret');
  expect(problems).toEqual([
    'Unknown option --token. Secrets are never given on the command line: set VEZA_API_KEY, or name a reference with --api-key env:NAME.',
  ]);
});

test('names that objects have by nature are unknown options', async () => {
  await expect(problemsOf('a', '--to', 'x', '--constructor', 'y')).resolves.toEqual(['Unknown option --constructor.']);
  expect((await problemsOf('a', '--to', 'x', '--__proto__.polluted', 'y')).length).toBe(1);
  expect(({} as Record<string, unknown>).polluted).toBeUndefined();
});

test('too many arguments are named', async () => {
  const single = defineCommand({ ...command, arguments: [], options: {} });
  await expect(parseArguments(single, ['x'])).rejects.toMatchObject({
    message: 'Unexpected argument "x".',
    hint: 'oaa ship --help shows how to call it.',
    exitCode: 2,
  });
});
