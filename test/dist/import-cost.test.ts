import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dependencyClosure, loadedModules } from '../support/loaded-packages.ts';
import { repositoryRoot } from '../support/repository.ts';
import { describeResult } from '../support/run-process.ts';

const packageFolder = join(repositoryRoot, 'packages/oaa');
const bin = join(packageFolder, 'bin/oaa.js');
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-import-'));
});
afterAll(() => rm(folder, { recursive: true }));

const importing = (module: string) => {
  const program = `await import(${JSON.stringify(pathToFileURL(join(packageFolder, 'dist', module)).href)})`;
  return loadedModules(['--input-type=module', '--eval', program], folder);
};

test.each([[['--help']], [['--version']], [['push', '--help']], [['provider', '--help']]])(
  'oaa %j loads no third-party package',
  async (args) => {
    const { result, modules, packages } = await loadedModules([bin, ...args], folder);
    expect(result.exitCode, describeResult(result)).toBe(0);
    expect(modules.length).toBeGreaterThan(1);
    expect(packages).toEqual([]);
  },
);

test('oaa validate loads the parser of the command line and zod, but no HTTP, YAML or terminal', async () => {
  const payload = join(repositoryRoot, 'test/fixtures/readme/payload.json');
  const { result, packages } = await loadedModules([bin, 'validate', payload], folder);
  expect(result.exitCode, describeResult(result)).toBe(0);
  const allowed = ['yargs', 'zod'].flatMap((name) => [...dependencyClosure(name, bin)]);
  expect(packages).toEqual(expect.arrayContaining(['yargs', 'zod']));
  expect(packages.filter((name) => !allowed.includes(name))).toEqual([]);
});

test("import '@oaa-kit/oaa' loads axios and zod, and of third-party packages nothing else but what they need", async () => {
  const { result, packages } = await importing('index.js');
  expect(result.exitCode, describeResult(result)).toBe(0);
  const allowed = ['axios', 'zod'].flatMap((name) => [...dependencyClosure(name, bin)]);
  expect(packages).toEqual(expect.arrayContaining(['axios', 'zod']));
  expect(packages.filter((name) => !allowed.includes(name))).toEqual([]);
});

test("import '@oaa-kit/oaa/cli' loads no third-party package, so that packs stay light", async () => {
  const { result, packages } = await importing('cli/index.js');
  expect(result.exitCode, describeResult(result)).toBe(0);
  expect(packages).toEqual([]);
});

test("import '@oaa-kit/oaa/graph' loads no third-party package", async () => {
  expect((await importing('graph/index.js')).packages).toEqual([]);
});
