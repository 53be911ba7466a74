import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readProjectFile, repositoryRoot } from '../support/repository.ts';
import { describeResult, type ProcessResult, runProcess } from '../support/run-process.ts';

const bin = join(repositoryRoot, 'packages/oaa/bin/oaa.js');
const payload = join(repositoryRoot, 'test/fixtures/readme/payload.json');
let home: string;
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'oaa-home-'));
});
afterAll(() => rm(home, { recursive: true }));

/** Runs the built command at the top of the repository, from where it finds the packs. */
function oaa(args: readonly string[], stopAt?: RegExp): Promise<ProcessResult> {
  const options = { cwd: repositoryRoot, env: { PATH: process.env.PATH ?? '', HOME: home } };
  return runProcess(process.execPath, [bin, ...args], stopAt === undefined ? options : { ...options, stopAt });
}

test('oaa --version is that of the package', async () => {
  const { version } = JSON.parse(readProjectFile('packages/oaa/package.json'));
  const result = await oaa(['--version']);
  expect(result.exitCode, describeResult(result)).toBe(0);
  expect(result.stdout).toContain(version);
});

test('oaa --help lists commands, those of the packs among them', async () => {
  const result = await oaa(['--help']);
  expect(result.exitCode, describeResult(result)).toBe(0);
  for (const command of ['validate', 'push', 'provider', 'sandbox']) expect(result.stdout).toContain(command);
});

test('oaa validate accepts a payload without problems', async () => {
  const result = await oaa(['validate', payload]);
  expect(result.exitCode, describeResult(result)).toBe(0);
});

test('oaa without a tenant says what is missing, and exits with 2', async () => {
  const result = await oaa(['provider', 'list']);
  expect([result.exitCode, result.stdout]).toEqual([2, '']);
  expect(result.stderr).toContain('VEZA_URL');
});

test('oaa sandbox says where it listens, and ends well on SIGTERM', async () => {
  const result = await oaa(['sandbox', '--port', '0'], /http:\/\/127\.0\.0\.1:\d+/);
  expect([result.stopped, result.exitCode], describeResult(result)).toEqual([true, 0]);
});
