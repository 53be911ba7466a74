import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { emptyState, openState, readState } from './open-state.ts';
import { now, rememberedProvider, temporaryFolder, tenantUrl } from './test-support.ts';

async function stateFile(text?: string): Promise<string> {
  const file = join(await temporaryFolder(), 'state.json');
  if (text !== undefined) await writeFile(file, text);
  return file;
}

const stateText = (changes: Readonly<Record<string, unknown>> = {}): string =>
  JSON.stringify({ ...emptyState(tenantUrl), ...changes });

/** Opens a state until the test ends. */
async function open(file: string) {
  const opened = await openState(file, tenantUrl, now);
  onTestFinished(() => opened.close());
  return opened;
}

test('without a file nothing is remembered, and reading makes none', async () => {
  const file = await stateFile();
  expect(await readState(file, tenantUrl)).toEqual(emptyState(tenantUrl));
  await expect(stat(file)).rejects.toThrow('ENOENT');
});

test('what was saved is read again, with a serial that goes up by one', async () => {
  const opened = await open(await stateFile());
  const provider = rememberedProvider({ iconSha256: 'a'.repeat(64), answered: { provisioning: null } });
  await opened.save([]);
  const saved = await opened.save([provider]);
  expect([saved.serial, opened.state]).toEqual([2, saved]);
  expect(await readState(opened.file, tenantUrl)).toEqual({
    ...emptyState(tenantUrl),
    serial: 2,
    providers: [provider],
  });
});

test('the file is for its owner only, and nothing else is left beside it but the lock', async () => {
  const opened = await open(join(await temporaryFolder(), 'deep', 'er', 'state.json'));
  await opened.save([]);
  expect((await stat(opened.file)).mode & 0o777).toBe(0o600);
  const folder = join(opened.file, '..');
  expect((await stat(folder)).mode & 0o777).toBe(0o700);
  expect(await readdir(folder)).toEqual(['state.json', 'state.json.lock', 'state.json.lock.owner.json']);
});

test('a second run is refused and told who holds the state, by every name of the file', async () => {
  const opened = await open(await stateFile(stateText()));
  const other = `${opened.file}-link`;
  await symlink(opened.file, other);
  for (const file of [opened.file, other]) {
    await expect(openState(file, tenantUrl, now)).rejects.toMatchObject({
      code: 'guard',
      exitCode: 8,
      message: expect.stringMatching(
        new RegExp(`is in use by process ${process.pid} on .+, since 2026-11-22T12:00:00.000Z[.] Nothing was changed`),
      ),
    });
  }
  opened.close();
  (await openState(other, tenantUrl, now)).close();
});

test('a link to a state file that is not there yet is that file, for the lock, too', async () => {
  const file = await stateFile();
  await symlink('state.json', `${file}-link`);
  const opened = await open(`${file}-link`);
  await expect(openState(file, tenantUrl, now)).rejects.toMatchObject({ code: 'guard' });
  await opened.save([]);
  expect((await readState(file, tenantUrl)).serial).toBe(1);
  expect(await readlink(`${file}-link`)).toBe('state.json');
});

test('what cannot be saved asks for no other file: a journal would not be found beside it', async () => {
  const opened = await open(await stateFile());
  await mkdir(opened.file);
  await expect(opened.save([])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringContaining('The state file'),
    hint: 'Make room for it on its disk, and let it be written to.',
  });
});

test('a process that is killed leaves no lock behind', async () => {
  const file = await stateFile(stateText());
  const script = `const { DatabaseSync } = require('node:sqlite');
    const database = new DatabaseSync(process.argv[1]); database.exec('BEGIN EXCLUSIVE'); console.log('locked'); setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['-e', script, `${file}.lock`], { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  await once(child.stdout, 'data');
  await expect(openState(file, tenantUrl, now)).rejects.toMatchObject({
    code: 'guard',
    message: expect.stringContaining('in use by another process'),
  });
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await openState(file, tenantUrl, now)).close();
});

test('a state that could not be read again is not written', async () => {
  const opened = await open(await stateFile());
  await opened.save([rememberedProvider()]);
  const twice = [rememberedProvider(), rememberedProvider({ key: 'Other' })];
  await expect(opened.save(twice)).rejects.toThrow('is there twice');
  expect(await readState(opened.file, tenantUrl)).toMatchObject({ serial: 1, providers: [{ key: 'Portal' }] });
});

test.each([
  [
    'of another tenant',
    stateText({ tenant: 'https://other.vezacloud.com' }),
    2,
    /is that of the tenant https:\/\/other[.]vezacloud[.]com, and the tenant here is https:\/\/acme/,
  ],
  ['of a newer version', stateText({ version: 2 }), 3, /is of version 2, and this program reads version 1/],
  ['that is something else', '{"format":"oaa-registrar-plan","version":1}', 3, /is no state file: its "format"/],
  ['that is a list', '[]', 3, /is no state file/],
  ['that is cut short', '{"format":\n "oaa', 3, /state[.]json:2:\d+: the state file is no JSON/],
  ['that is empty', '', 3, /the state file is no JSON/],
  [
    'with a cost of scrypt that takes all memory',
    stateText({
      providers: [
        {
          ...rememberedProvider(),
          secrets: [{ path: 'a', salt: 'A'.repeat(24), hash: 'A'.repeat(44), cost: { n: 2 ** 30, r: 8, p: 1 } }],
        },
      ],
    }),
    3,
    /providers\[0\][.]secrets\[0\][.]cost: must take at most/,
  ],
  [
    'with two entries of one provider',
    stateText({ providers: [rememberedProvider(), rememberedProvider({ key: 'b' })] }),
    3,
    /providers\[1\][.]id: is there twice/,
  ],
  ['with an unknown key', stateText({ token: 'x' }), 3, /Unrecognized key: "token"/],
])('a file %s is refused', async (_, text, exitCode, message) => {
  const file = await stateFile(text);
  await expect(readState(file, tenantUrl)).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) });
  await expect(openState(file, tenantUrl, now)).rejects.toMatchObject({ exitCode });
  expect(await readFile(file, 'utf8')).toBe(text);
});

test('all that is wrong with a file is told at once', async () => {
  const file = await stateFile(stateText({ serial: -1, providers: [{ ...rememberedProvider(), id: '', secrets: 1 }] }));
  const message = await readState(file, tenantUrl).catch((error: Error) => error.message);
  expect(message).toMatch(/serial: .+providers\[0\][.]id: .+providers\[0\][.]secrets: /s);
});

test('very deep values are refused rather than followed', async () => {
  const deep = `${'['.repeat(5_000)}${']'.repeat(5_000)}`;
  const entry = JSON.stringify({ ...rememberedProvider(), sent: { a: 0 } }).replace('"a":0', `"a":${deep}`);
  const file = await stateFile(stateText({ providers: [] }).replace('"providers":[]', `"providers":[${entry}]`));
  await expect(readState(file, tenantUrl)).rejects.toMatchObject({
    code: 'input-invalid',
    message: expect.stringContaining('nested deeper than 100'),
  });
});

test('a folder in the place of the file is told as such', async () => {
  const file = await stateFile();
  await mkdir(file);
  await expect(readState(file, tenantUrl)).rejects.toMatchObject({ code: 'file-unreadable', exitCode: 2 });
});

test.runIf(process.getuid?.() !== 0)('a folder that cannot be written to is told, with the option', async () => {
  const file = await stateFile();
  await chmod(join(file, '..'), 0o500);
  onTestFinished(() => chmod(join(file, '..'), 0o700));
  await expect(openState(file, tenantUrl, now)).rejects.toMatchObject({
    code: 'file-unwritable',
    hint: expect.stringContaining('--state'),
  });
});

test('a path through a file is told, with the option', async () => {
  const file = await stateFile(stateText());
  await expect(openState(join(file, 'state.json'), tenantUrl, now)).rejects.toMatchObject({
    code: 'file-unwritable',
    exitCode: 2,
    message: expect.stringContaining('a part of the path is not a folder'),
    hint: expect.stringContaining('--state'),
  });
});
