import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { savedFileName, savePayload } from './save-payload.ts';
import { temporaryFolder, testContext } from './test-support.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder();
});
afterEach(() => folder.remove());

const now = new Date('2026-01-02T03:04:05.678Z');

test.each([
  ['portal.example.com', 'portal.example.com-20260102-030405.json'],
  ['a/b\\c:d', 'a_b_c_d-20260102-030405.json'],
  ['../../etc/passwd', '__.._etc_passwd-20260102-030405.json'],
  ['Caf\u00e9 & Co', 'Caf_Co-20260102-030405.json'],
  ['CON', '_CON-20260102-030405.json'],
  ['', '_-20260102-030405.json'],
  ['x'.repeat(400), `${'x'.repeat(120)}-20260102-030405.json`],
])('the file for the data source %j', (dataSource, expected) => {
  expect(savedFileName(dataSource, now)).toBe(expected);
});

test('the payload is saved, indented, in a folder that is made', async () => {
  const { context } = testContext({ cwd: folder.path });
  const path = await savePayload(context, 'deep/copies', 'portal', { applications: [] });
  expect(path).toBe(join(folder.path, 'deep/copies/portal-20261122-040506.json'));
  expect(await readFile(path, 'utf8')).toBe('{\n  "applications": []\n}\n');
});

test('a file that is there already is not overwritten: the next one of that second gets a number', async () => {
  const { context } = testContext({ cwd: folder.path });
  const path = join(folder.path, 'portal-20261122-040506.json');
  await writeFile(path, 'keep');
  expect(await savePayload(context, '.', 'portal', {})).toBe(join(folder.path, 'portal-20261122-040506-2.json'));
  expect(await savePayload(context, '.', 'portal', {})).toBe(join(folder.path, 'portal-20261122-040506-3.json'));
  expect(await readFile(path, 'utf8')).toBe('keep');
});

test('a folder that cannot be made is told, and that nothing was sent', async () => {
  await writeFile(join(folder.path, 'file'), '');
  const { context } = testContext({ cwd: folder.path });
  await expect(savePayload(context, 'file', 'portal', {})).rejects.toMatchObject({
    code: 'file-unwritable',
    exitCode: 2,
    message: expect.stringMatching(/^Cannot save the payload as .* Nothing was sent\.$/),
    hint: 'Name a folder with --save-json that you may write to.',
  });
});
