import { afterEach, expect, test } from 'vitest';
import { defineCommand } from './command.ts';
import type { PackLoader } from './packs.ts';
import { captureRun, temporaryFolder } from './test-support.ts';

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await temporaryFolder(files);
  cleanups.push(folder.remove);
  return folder.path;
}

const speaking = (...path: string[]) =>
  defineCommand({
    path,
    summary: `Say ${path.join(' ')}`,
    options: {},
    examples: [],
    load: async () => async (context) => {
      context.stdout.write(`${path.join(' ')} ran\n`);
    },
  });

/** Packs by module name; what was loaded is noted. */
function packs(modules: Readonly<Record<string, unknown>>) {
  const loaded: string[] = [];
  const packLoader: PackLoader = {
    resolve: (specifier) => (Object.hasOwn(modules, specifier) ? specifier : undefined),
    import: async (url) => {
      loaded.push(url);
      const module = modules[url];
      if (module instanceof Error) throw module;
      return module;
    },
  };
  return { packLoader, loaded };
}

test('a missing pack is named together with how to install it', async () => {
  const { packLoader } = packs({});
  expect(await captureRun(['scim', 'serve'], { packLoader })).toEqual({
    exitCode: 2,
    stdout: '',
    stderr:
      'Error: Install @oaa-kit/scim-writeback to use `oaa scim`: the command comes with that package, which was not found.\n' +
      'npm install @oaa-kit/scim-writeback\n',
  });
});

test('a missing pack for machines', async () => {
  const { packLoader } = packs({});
  const { exitCode, stdout } = await captureRun(['sandbox', '--json'], { packLoader });
  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout).error).toMatchObject({ code: 'pack-missing', exitCode: 2 });
});

test('commands of an installed pack run, and those of other packs are not loaded', async () => {
  const { packLoader, loaded } = packs({
    '@oaa-kit/registrar/cli': { commands: [speaking('sandbox'), speaking('registrar', 'plan')] },
    '@oaa-kit/scim-writeback/cli': { commands: [speaking('scim', 'serve')] },
  });
  expect(await captureRun(['registrar', 'plan'], { packLoader })).toEqual({
    exitCode: 0,
    stdout: 'registrar plan ran\n',
    stderr: '',
  });
  expect(loaded).toEqual(['@oaa-kit/registrar/cli']);
});

test('commands of our own load no pack', async () => {
  const { packLoader, loaded } = packs({ '@oaa-kit/registrar/cli': { commands: [speaking('push')] } });
  await captureRun(['push', '--help'], { packLoader });
  await captureRun(['--help'], { packLoader });
  expect(loaded).toEqual([]);
});

test('the help of oaa lists the nouns of the known packs', async () => {
  const { stdout } = await captureRun(['--help'], packs({}));
  for (const noun of ['scim', 'registrar', 'sandbox']) expect(stdout).toMatch(new RegExp(`^  ${noun} \\.\\.\\.`, 'm'));
});

test('a pack that is too old for a command says so', async () => {
  const { packLoader } = packs({ '@oaa-kit/registrar/cli': { commands: [speaking('sandbox')] } });
  const { exitCode, stderr } = await captureRun(['registrar', 'plan'], { packLoader });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr:
      'Error: The installed @oaa-kit/registrar has no `oaa registrar` yet: it is too old.\nnpm install @oaa-kit/registrar@latest\n',
  });
});

test('a pack that breaks while it is loaded is told apart from a missing one', async () => {
  const { packLoader } = packs({ '@oaa-kit/registrar/cli': new Error('boom') });
  const { exitCode, stderr } = await captureRun(['sandbox'], { packLoader });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('It is installed but cannot be loaded: boom');
});

test('a pack without commands counts as missing', async () => {
  for (const module of [{}, { commands: [] }, { commands: [{ path: 'sandbox' }] }, null]) {
    const { packLoader } = packs({ '@oaa-kit/registrar/cli': module });
    expect((await captureRun(['sandbox'], { packLoader })).stderr).toContain('npm install @oaa-kit/registrar');
  }
});

test('a pack that oaa.config.yaml names brings its commands', async () => {
  const cwd = await folderWith({ 'oaa.config.yaml': 'packs: ["@acme/oaa-pack"]\n' });
  const { packLoader } = packs({ '@acme/oaa-pack/cli': { commands: [speaking('acme', 'hello')] } });
  expect(await captureRun(['acme', 'hello'], { cwd, packLoader })).toEqual({
    exitCode: 0,
    stdout: 'acme hello ran\n',
    stderr: '',
  });
  expect((await captureRun(['--help'], { cwd, packLoader })).stdout).toContain('  acme hello');
});

test('a pack may be a file beside the settings file', async () => {
  const pack = `export const commands = [{ path: ['mine'], summary: 'Mine', options: {}, examples: [],
    load: async () => async (context) => { context.stdout.write('mine ran\\n'); } }];`;
  const cwd = await folderWith({ 'other.yaml': 'packs: [./mine.mjs]\n', 'mine.mjs': pack });
  expect(await captureRun(['mine', '--config', 'other.yaml'], { cwd })).toEqual({
    exitCode: 0,
    stdout: 'mine ran\n',
    stderr: '',
  });
});

test('a pack in oaa.config.yaml that is not installed is named', async () => {
  const cwd = await folderWith({ 'oaa.config.yaml': 'packs: ["@acme/oaa-pack"]\n' });
  const { exitCode, stderr } = await captureRun(['acme'], { cwd, ...packs({}) });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr:
      'Error: The pack "@acme/oaa-pack" that oaa.config.yaml names was not found, or exports no commands.\n' +
      'npm install @acme/oaa-pack, or remove it from "packs".\n',
  });
});

test('a broken list of packs is told with its place', async () => {
  const cwd = await folderWith({ 'oaa.config.yaml': 'packs:\n  - 7\n' });
  const { exitCode, stderr } = await captureRun(['acme'], { cwd, ...packs({}) });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('oaa.config.yaml:2:5');
});
