import { expect, test } from 'vitest';
import { counted, formatBytes, printJson, printTable, styled } from './output.ts';
import { testContext } from './test-support.ts';

test('a table is aligned and ends no line with spaces', () => {
  const { context, stdout, stderr } = testContext();
  printTable(
    context,
    ['NAME', 'ID'],
    [
      ['a long name', 1],
      ['b', undefined],
    ],
  );
  expect(stdout.text).toBe('NAME         ID\na long name  1\nb\n');
  expect(stderr.text).toBe('');
});

test('cells cannot break out of their line', () => {
  const { context, stdout } = testContext();
  printTable(context, ['NAME'], [['a\nb\u001b[2J']]);
  expect(stdout.text).toBe('NAME\na\\nb\\u001b[2J\n');
});

test('a document for machines is one line of JSON', () => {
  const { context, stdout } = testContext();
  printJson(context, { a: [1], left: undefined });
  expect(stdout.text).toBe('{"a":[1]}\n');
});

test.each([
  ['a terminal', true, {}, '\u001b[31mx\u001b[39m'],
  ['a pipe', false, {}, 'x'],
  ['a terminal with NO_COLOR', true, { NO_COLOR: '1' }, 'x'],
  ['a terminal with an empty NO_COLOR', true, { NO_COLOR: '' }, '\u001b[31mx\u001b[39m'],
  ['a dumb terminal', true, { TERM: 'dumb' }, 'x'],
])('colour on %s', (_name, terminal, env, expected) => {
  const { context } = testContext({ terminal, env });
  expect(styled(context, context.stdout, 'red', 'x')).toBe(expected);
});

test('counts and sizes for people', () => {
  expect([counted(1, 'user'), counted(1_234, 'user'), counted(2, 'entry', 'entries')]).toEqual([
    '1 user',
    '1,234 users',
    '2 entries',
  ]);
  expect([0, 1, 999, 1_000, 1_450_000, 2e9].map(formatBytes)).toEqual([
    '0 bytes',
    '1 byte',
    '999 bytes',
    '1.0 kB',
    '1.4 MB',
    '2.0 GB',
  ]);
});
