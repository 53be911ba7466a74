import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';
import { corporate, portal, pushTarget, useCliSandbox } from '../support/cli-sandbox.ts';

const { sandbox, folder, oaa, push, writeCount } = await useCliSandbox();
const provider = () => sandbox.providers()[0];

describe('oaa push', () => {
  test('makes provider and data source, pushes, and says what was done', async () => {
    const { exitCode, stdout, stderr } = await push('portal.json', '--create-provider');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Pushed portal\.json: 1 application, 1 user\.\n {2}provider {5}Portal \([0-9a-f-]{36}\)\n {2}data source {2}portal\.test \([0-9a-f-]{36}\)\n {2}sent {9}\d+ bytes \(gzip\) for \d+ bytes of JSON\n {2}warnings {5}none from the tenant\n$/,
    );
    expect(sandbox.dataSource('Portal', 'portal.test')?.payload).toEqual(portal());
  });

  test('prints one document with --json', async () => {
    const { stdout, stderr } = await push('portal.json', '--create-provider', '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      pushed: true,
      provider: { id: provider()?.id, name: 'Portal' },
      dataSource: { name: 'portal.test' },
      mode: 'gzip',
      parts: 1,
      counts: { applications: 1, users: 1 },
      warnings: [],
      validationWarnings: [],
    });
  });

  test('sends plain and in parts when asked to', async () => {
    await push('portal.json', '--create-provider');
    for (const [flags, mode] of [
      [['--compression', 'none'], 'plain'],
      [['--multipart', 'always'], 'parts'],
    ] as const) {
      const { stdout } = await push('portal.json', ...flags, '--json');
      expect(JSON.parse(stdout).mode).toBe(mode);
    }
  });

  test('reads a payload from stdin', async () => {
    const piped = JSON.stringify(portal());
    const { exitCode, stdout } = await oaa(['push', '-', ...pushTarget, '--create-provider'], { piped });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^Pushed \(stdin\): 1 application, 1 user\.\n/);
  });

  test('stops before anything is sent when the payload is invalid', async () => {
    const { exitCode, stdout, stderr } = await push('dangling.json', '--create-provider');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toMatch(
      /^Error: dangling\.json is not a valid payload \(1 error, 0 warnings\)\. Nothing was sent\.\n/,
    );
    expect(stderr).toContain('error dangling-role');
    expect(sandbox.requests()).toEqual([]);
  });

  test('stops at warnings of the validation with --fail-on-warnings', async () => {
    const { exitCode, stderr } = await push('warned.json', '--create-provider', '--fail-on-warnings');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('has warnings (0 errors, 1 warning), and --fail-on-warnings was given. Nothing was sent.');
    expect(sandbox.requests()).toEqual([]);
  });

  test('without --fail-on-warnings, warnings of the validation are told and the payload is pushed', async () => {
    const { exitCode, stderr } = await push('warned.json', '--create-provider');
    expect(exitCode).toBe(0);
    expect(stderr).toContain('  warning not-validated $: ');
    expect(sandbox.dataSource('Portal', 'portal.test')?.payload).toEqual(corporate);
  });

  test('tells warnings of the tenant', async () => {
    const { exitCode, stdout, stderr } = await push('warned-by-tenant.json', '--create-provider');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  warnings     1 from the tenant\n');
    expect(stderr).toBe('  tenant warning: Cannot find identity by names (kim@nowhere.test)\n');
  });

  test('with --fail-on-warnings, warnings of the tenant make exit code 3 and it is said that the payload was taken in', async () => {
    const { exitCode, stderr } = await push('warned-by-tenant.json', '--create-provider', '--fail-on-warnings');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('The tenant has TAKEN IN the payload and gave 1 warning;');
    expect(sandbox.dataSource('Portal', 'portal.test')?.payload).toBeDefined();
  });

  test('a missing provider is not made without --create-provider', async () => {
    const { exitCode, stderr } = await push('portal.json');
    expect(exitCode).toBe(5);
    expect(stderr).toContain('"Portal"');
    expect(stderr).toContain('--create-provider');
    expect(writeCount()).toBe(0);
  });

  test('names that a tenant refuses', async () => {
    const { exitCode, stderr } = await oaa(['push', 'portal.json', '--provider', 'a/b', '--data-source', 'c']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('a/b');
    expect(writeCount()).toBe(0);
  });
});

describe('oaa push --save-json', () => {
  const now = () => new Date('2026-02-03T04:05:06.000Z');
  const saving = (file: string, copies: string, ...more: string[]) =>
    oaa(['push', file, ...pushTarget, '--create-provider', '--save-json', copies, ...more], { now });

  test('keeps a copy that reads the same', async () => {
    const { stderr } = await saving('portal.json', 'copies');
    const path = join(folder, 'copies', 'portal.test-20260203-040506.json');
    expect(stderr).toBe(`Saved the payload as ${path}\n`);
    expect(await readFile(path, 'utf8')).toBe(`${JSON.stringify(portal(), null, 2)}\n`);
  });

  test('keeps it also when the push fails', async () => {
    sandbox.faults.schedule({ kind: 'refused-push' });
    const { exitCode } = await saving('portal.json', 'failed');
    expect(exitCode).toBe(5);
    expect(await readdir(join(folder, 'failed'))).toEqual(['portal.test-20260203-040506.json']);
  });

  test('a copy that cannot be written stops the push', async () => {
    const { exitCode, stderr } = await saving('portal.json', 'portal.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Nothing was sent.');
    expect(writeCount()).toBe(0);
  });
});

describe('oaa push --dry-run', () => {
  test('reads the tenant and changes nothing', async () => {
    const first = await push('portal.json', '--create-provider', '--dry-run');
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(/provider {5}Portal: would be made with the template application\n/);
    expect(first.stdout).toMatch(/data source {2}portal\.test: would be made\n/);
    expect(first.stdout).toMatch(/^Dry run: nothing was changed\.\n/);
    expect(writeCount()).toBe(0);

    await push('portal.json', '--create-provider');
    const second = await push('portal.json', '--dry-run', '--json', '--multipart', 'always');
    expect(JSON.parse(second.stdout)).toMatchObject({
      dryRun: true,
      pushed: false,
      tenant: sandbox.url,
      provider: { action: 'use', id: provider()?.id },
      dataSource: { action: 'replace content' },
      mode: 'parts',
      validationWarnings: [],
    });
  });

  test('fails as the push would', async () => {
    const { exitCode, stderr } = await push('portal.json', '--dry-run');
    expect(exitCode).toBe(5);
    expect(stderr).toContain('--create-provider');
    expect((await push('dangling.json', '--dry-run')).exitCode).toBe(3);
  });

  test('without a tenant it is local, and says so', async () => {
    const argv = ['push', 'portal.json', ...pushTarget, '--dry-run', '--save-json', 'never'];
    const { exitCode, stdout, stderr } = await captureCli(argv, { cwd: folder });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  provider     Portal: not looked up\n');
    expect(stdout).toContain('  copy         would be saved in never\n');
    expect(stderr).toMatch(/^This was checked locally only\. .*VEZA_URL/s);
    expect(await readdir(folder)).not.toContain('never');
  });
});
