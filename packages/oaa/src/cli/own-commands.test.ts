import { describe, expect, test } from 'vitest';
import { findCommand } from './find-command.ts';
import { globalOptions } from './global-options.ts';
import { ownCommands } from './own-commands.ts';
import { parseArguments } from './parse-arguments.ts';
import { captureRun } from './test-support.ts';

/** The words of a command line as a shell splits them; single quotes only. */
function shellWords(line: string): string[] {
  return Array.from(line.matchAll(/'([^']*)'|(\S+)/g), (match) => match[1] ?? match[2] ?? '');
}

const named = ownCommands.map((command) => [`oaa ${command.path.join(' ')}`, command] as const);

describe.each(named)('%s', (call, command) => {
  test('its help shows summary, arguments, options and an example', async () => {
    const { exitCode, stdout, stderr } = await captureRun([...command.path, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain(`${command.summary}.`);
    expect(stdout).toContain(`  ${call} `);
    for (const { name } of command.arguments ?? []) expect(stdout).toContain(`<${name}>`);
    for (const name of [...Object.keys(command.options), ...Object.keys(globalOptions)]) {
      expect(stdout).toContain(`--${name}`);
    }
    for (const example of command.examples) expect(stdout).toContain(`  ${example}\n`);
    expect(command.examples.length).toBeGreaterThan(0);
  });

  test.each(command.examples)('its example can be called: %s', async (example) => {
    const [program, ...argv] = shellWords(example);
    expect(program).toBe('oaa');
    const found = findCommand(argv, ownCommands);
    expect(found.command).toBe(command);
    await parseArguments(command, found.rest);
  });

  test('it takes no secret as an option', () => {
    for (const [name, spec] of Object.entries(command.options)) {
      if (/key|token|secret|password/i.test(name)) expect({ name, ...spec }).toMatchObject({ valueName: 'reference' });
    }
  });

  test('its body is a function', async () => {
    expect(typeof (await command.load())).toBe('function');
  });
});
