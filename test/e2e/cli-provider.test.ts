import { beforeEach, describe, expect, test } from 'vitest';
import { useCliSandbox } from '../support/cli-sandbox.ts';

const { sandbox, oaa, push } = await useCliSandbox();
const provider = () => sandbox.providers()[0];

describe('oaa provider', () => {
  beforeEach(async () => {
    await push('portal.json', '--create-provider');
  });

  test('list shows all providers, and only those that a filter names', async () => {
    await oaa(['push', 'portal.json', '--provider', 'Second', '--data-source', 'x', '--create-provider']);
    const { stdout, stderr } = await oaa(['provider', 'list']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^NAME {4}ID {36}STATE {4}TEMPLATES\nPortal {2}[0-9a-f-]{36} {2}ENABLED {2}application\nSecond/,
    );
    const filtered = await oaa(['provider', 'list', '--filter', 'name eq "Second"', '--json']);
    expect(JSON.parse(filtered.stdout).providers).toMatchObject([{ name: 'Second', templates: ['application'] }]);
  });

  test('list of nothing says so on stderr', async () => {
    await sandbox.reset();
    expect(await oaa(['provider', 'list'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${sandbox.url} has no custom provider.\n`,
    });
    expect(JSON.parse((await oaa(['provider', 'list', '--json'])).stdout)).toEqual({ providers: [] });
  });

  test('get shows a provider by name or id, with its data sources', async () => {
    const byName = await oaa(['provider', 'get', 'Portal']);
    expect(byName.stdout).toContain('Name:         Portal\n');
    expect(byName.stdout).toContain('\nDATA SOURCE');
    expect(byName.stdout).toContain('\nportal.test');
    expect(await oaa(['provider', 'get', provider()?.id ?? ''])).toEqual(byName);
    expect(JSON.parse((await oaa(['provider', 'get', 'Portal', '--json'])).stdout)).toMatchObject({
      provider: { name: 'Portal' },
      dataSources: [{ name: 'portal.test' }],
    });
  });

  test('an unknown provider comes with the nearest name', async () => {
    const { exitCode, stdout, stderr } = await oaa(['provider', 'get', 'Porta']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
    expect(stderr).toBe(
      `Error: ${sandbox.url} has no provider with the name or id "Porta". Did you mean "Portal"?\n` +
        '`oaa provider list` shows all providers that this API key may see.\n',
    );
  });

  test('delete without --yes and without a terminal changes nothing', async () => {
    const { exitCode, stdout, stderr } = await oaa(['provider', 'delete', 'Portal']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: '' });
    expect(stderr).toBe(
      `Error: Deleting the provider "Portal" of ${sandbox.url} also deletes its 1 data source and all that they brought into the graph. Nothing was changed.\n` +
        'Add --yes to delete it.\n',
    );
    expect(provider()?.state).toBe('ENABLED');
  });

  test('delete with --yes', async () => {
    const { exitCode, stdout } = await oaa(['provider', 'delete', 'Portal', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^Deleted the provider "Portal" \([0-9a-f-]{36}\)\. The tenant removes its data in the background\.\n$/,
    );
    expect(provider()?.state).not.toBe('ENABLED');
  });

  test('delete after the name was typed, and not after another', async () => {
    const refused = await oaa(['provider', 'delete', 'Portal'], { typed: 'portal\n' });
    expect(refused.exitCode).toBe(8);
    expect(refused.stderr).toContain('Type the name of the provider to delete it: ');
    expect(refused.stderr).toContain('was not confirmed. Nothing was changed.');
    expect(provider()?.state).toBe('ENABLED');
    expect((await oaa(['provider', 'delete', 'Portal'], { typed: 'Portal\n' })).exitCode).toBe(0);
  });
});
