import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readPlanFile, writePlanFile } from './plan-file.ts';
import { declaredProvider, planOf, remembered, scimProvider, stateOf, tenantProvider } from './test-support.ts';

async function planFile(text?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'plan-file-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'plan.json');
  if (text !== undefined) await writeFile(file, text);
  return file;
}

const icon = { file: '/manifests/icon.png', sha256: 'b'.repeat(64) };
const plan = planOf(
  [
    scimProvider({ icon, dataSources: [{ name: 'eu', template: 'application', absent: false }] }),
    declaredProvider({ name: 'Old', templates: ['hris'] }),
    declaredProvider({ name: 'Taken' }),
  ],
  {
    state: stateOf(remembered({ key: 'Old', id: 'p-2', name: 'Old' })),
    providers: [tenantProvider({ id: 'p-2', name: 'Old', provisioning: false }), tenantProvider({ name: 'Taken' })],
  },
);

test('a plan that was written is read as it was, and is for its owner only', async () => {
  const file = await planFile();
  await writePlanFile(file, plan);
  expect(plan.providers.map(({ action }) => action)).toEqual(['create', 'replace']);
  expect(plan.problems).toHaveLength(1);
  expect(await readPlanFile(file)).toEqual(plan);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
});

test.each([
  ['that is not there', undefined, 2, /there is no such file/],
  ['that is a state', '{"format":"oaa-registrar-state","version":1}', 3, /is no plan: its "format"/],
  ['of a newer version', JSON.stringify({ ...plan, version: 2 }), 3, /is of version 2/],
  ['that is cut short', JSON.stringify(plan).slice(0, 100), 3, /plan[.]json:1:\d+: the plan is no JSON/],
])('a file %s is refused', async (_, text, exitCode, message) => {
  const file = await planFile(text);
  await expect(readPlanFile(file)).rejects.toMatchObject({ exitCode, message: expect.stringMatching(message) });
});

test('all that is wrong with a plan is told at once', async () => {
  const [first] = plan.providers;
  const broken = { ...plan, stateSerial: 'x', providers: [{ ...first, action: 'destroy', secret: 1 }] };
  const message = await readPlanFile(await planFile(JSON.stringify(broken))).catch((error: Error) => error.message);
  expect(message).toMatch(/stateSerial: .+providers\[0\]: .+"secret"/s);
  expect(message).toContain('providers[0].action: ');
});

test('a plan cannot be written where there is a folder', async () => {
  const file = await planFile();
  await expect(writePlanFile(join(file, '..'), plan)).rejects.toMatchObject({ code: 'file-unwritable', exitCode: 2 });
});
