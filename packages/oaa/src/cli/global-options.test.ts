import { expect, test } from 'vitest';
import { readGlobalOptions } from './global-options.ts';

const none = { json: false, quiet: false, debug: false, config: undefined, help: false, version: false };

test('global options are found anywhere in a call', () => {
  expect(readGlobalOptions(['--quiet', 'push', 'x.json', '--json', '--config', 'a.yaml', '-h'])).toEqual({
    ...none,
    json: true,
    quiet: true,
    config: 'a.yaml',
    help: true,
  });
});

test('the settings file may be written with an equals sign', () => {
  expect(readGlobalOptions(['--config=b.yaml']).config).toBe('b.yaml');
});

test('a settings file without a name is none', () => {
  expect(readGlobalOptions(['--config', '--json'])).toEqual({ ...none, json: true });
  expect(readGlobalOptions(['--config='])).toEqual(none);
});

test('behind two dashes there are no options', () => {
  expect(readGlobalOptions(['push', '--', '--json'])).toEqual(none);
});
