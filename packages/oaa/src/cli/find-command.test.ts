import { expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import { findCommand, firstWord } from './find-command.ts';

const command = (...path: string[]) =>
  defineCommand({ path, summary: path.join(' '), options: {}, examples: [], load: async () => async () => undefined });
const push = command('push');
const list = command('provider', 'list');
const get = command('provider', 'get');
const commands = [push, list, get];

test('the words of a command are taken out of the call', () => {
  const found = findCommand(['provider', 'get', 'acme', '--json'], commands);
  expect(found.command).toBe(get);
  expect(found.rest).toEqual(['acme', '--json']);
});

test('global options may stand before and between the words', () => {
  const found = findCommand(['--json', 'provider', '--config', 'my.yaml', 'list'], commands);
  expect(found.command).toBe(list);
  expect(found.rest).toEqual(['--json', '--config', 'my.yaml']);
});

test('an argument that looks like a word of the command stays an argument', () => {
  expect(findCommand(['push', 'push'], commands)).toMatchObject({ command: push, rest: ['push'] });
});

test('a noun alone is the start of several commands', () => {
  const found = findCommand(['provider'], commands);
  expect(found).toMatchObject({ command: undefined, words: ['provider'], unknownWord: undefined });
  expect(found.candidates).toEqual([list, get]);
});

test('the first word that leads nowhere is named', () => {
  expect(findCommand(['provider', 'lst'], commands)).toMatchObject({ words: ['provider'], unknownWord: 'lst' });
});

test('an option of a command before the command is named without its value', () => {
  expect(findCommand(['--api-key=hunter22', 'push'], commands)).toMatchObject({
    command: undefined,
    strayOption: '--api-key',
  });
});

test('the first word is found behind global options', () => {
  expect(firstWord(['--quiet', '--config', 'x', 'scim', 'serve'])).toBe('scim');
  expect(firstWord(['--help'])).toBeUndefined();
});
