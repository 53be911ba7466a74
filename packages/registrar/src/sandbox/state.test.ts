import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createSandbox } from './index.ts';
import { call, makeTarget, providersPath, samplePayload, startSandbox } from './test-support.ts';

async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'oaa-kit-sandbox-'));
}

test('providers, icons, data sources, payloads and pushes survive a restart', async () => {
  const folder = await temporaryFolder();
  const stateFile = join(folder, 'state.json');
  const first = await createSandbox({ stateFile });
  const { path, providerId } = await makeTarget(first);
  await call(first, 'POST', `${providersPath}/${providerId}:icon`, { icon_base64: btoa('<svg/>') });
  await call(first, 'POST', `${path}:push`, { json_data: JSON.stringify(samplePayload()) });
  const before = { providers: first.providers(), dataSource: first.dataSource('Portal', 'portal-eu') };
  await first.close();

  const second = await startSandbox({ stateFile });
  expect(second.providers()).toEqual(before.providers);
  expect(second.dataSource('Portal', 'portal-eu')).toMatchObject({
    payload: before.dataSource?.payload,
    pushes: before.dataSource?.pushes,
  });
  expect(await readdir(folder)).toEqual(['state.json']);
  expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
});

test('a request is on disk before it is answered', async () => {
  const stateFile = join(await temporaryFolder(), 'state.json');
  const sandbox = await startSandbox({ stateFile });
  await Promise.all(['A', 'B', 'C'].map((provider) => makeTarget(sandbox, { provider })));
  const written = JSON.parse(await readFile(stateFile, 'utf8'));
  expect(written.providers.map(({ name }: { name: string }) => name).toSorted()).toEqual(['A', 'B', 'C']);
  expect(written.dataSources).toHaveLength(3);
});

test('a state file that cannot be written is told at the start', async () => {
  const stateFile = join(await temporaryFolder(), 'absent', 'state.json');
  await expect(createSandbox({ stateFile })).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `The sandbox cannot write its state file ${stateFile} (ENOENT).`,
  });
});

test('a state file that can no longer be written is a fault of the tenant', async () => {
  const folder = await temporaryFolder();
  const sandbox = await startSandbox({ stateFile: join(folder, 'state.json') });
  await rm(folder, { recursive: true });
  const answer = await call(sandbox, 'POST', providersPath, { name: 'A', custom_template: 'application' });
  expect({ status: answer.status, code: answer.body.code }).toEqual({ status: 500, code: 'Internal' });
});

test.each([
  ['broken JSON', '{"version": 1', 'it is not valid JSON'],
  ['another document', '{"version": 2}', 'version is not what a sandbox writes'],
  ['a broken record', '{"version":1,"providers":[{"id":7}],"dataSources":[]}', 'providers.0.id is not'],
])('a state file with %s is refused with its place', async (_what, text, why) => {
  const stateFile = join(await temporaryFolder(), 'state.json');
  await writeFile(stateFile, text);
  await expect(createSandbox({ stateFile })).rejects.toMatchObject({
    code: 'input-invalid',
    exitCode: 3,
    message: expect.stringContaining(`${stateFile}: ${why}`),
  });
});

test('a folder in the place of the state file is refused', async () => {
  await expect(createSandbox({ stateFile: await temporaryFolder() })).rejects.toThrow('it is a folder.');
});
