import { expect, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';
import { useScimCommands } from '../support/scim-commands.ts';

/** The examples in the help of a command, without `oaa scim`. */
async function examplesOf(words: readonly string[]): Promise<string[]> {
  const { stdout } = await captureCli(['scim', ...words, '--help']);
  const [, examples = ''] = stdout.split(/\nExamples?\n/);
  return [...examples.matchAll(/^ {2}oaa scim (.*)$/gm)].map(([, example = '']) => example);
}

/** As a shell takes it apart, without the database, which the folder of the test has. */
function argumentsOf(example: string): string[] {
  const words = example.replace(' --database sqlite:scim.db', '').match(/'[^']*'|\S+/g) ?? [];
  return words.map((word) => word.replaceAll("'", ''));
}

test('the examples in help run, one after the other', async () => {
  const { scim, scimJson, serve } = await useScimCommands();
  const nouns = [
    ['organization', 'create'],
    ['token', 'create'],
    ['token', 'list'],
    ['organization', 'list'],
  ];
  const examples = (await Promise.all(nouns.map(examplesOf))).flat();
  expect(examples).toHaveLength(6);
  for (const example of examples) {
    expect(example).toContain('--database sqlite:scim.db');
    expect([example, (await scim(argumentsOf(example))).exitCode]).toEqual([example, 0]);
  }

  const [revoke = ''] = await examplesOf(['token', 'revoke']);
  const { credentials } = await scimJson(['token', 'list', '--organization', 'acme']);
  const [{ id }] = credentials as [{ id: string }];
  expect((await scim(argumentsOf(revoke.replace(/[0-9a-f]{16}/, id)))).exitCode).toBe(0);

  const serving = await examplesOf(['serve']);
  expect(serving).toHaveLength(2);
  for (const example of serving) {
    const argv = argumentsOf(example.replace(/ --port \d+/, '')).slice(1);
    const server = await serve(argv, { SCIM_TOKEN: '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab' });
    expect(server.url).toMatch(/\/v2$/);
    expect(await server.stop()).toBe(0);
  }
});

test('the examples in the help of check run against a service', async () => {
  const { serve, folder } = await useScimCommands();
  const token = '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab';
  const { url } = await serve(['--token', 'env:SCIM_TOKEN'], { SCIM_TOKEN: token });
  const examples = await examplesOf(['check']);
  expect(examples).toHaveLength(2);
  for (const example of examples) {
    const argv = ['scim', ...argumentsOf(example.replace('https://scim.example.com/scim/v2', url))];
    const { exitCode, stderr } = await captureCli(argv, { cwd: folder, env: { SCIM_TOKEN: token } });
    expect([example, exitCode, stderr]).toEqual([example, 0, '']);
  }
});
