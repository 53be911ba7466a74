import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createSandbox } from '@oaa-kit/registrar/sandbox';
import { expect, onTestFinished, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';
import { repositoryRoot } from '../support/repository.ts';
import { useScimCommands } from '../support/scim-commands.ts';

const example = join(repositoryRoot, 'examples/write-back');
const files = ['users.csv', 'teams.csv', 'grants.csv', 'mapping.yaml'];

/** The help desk of the example in a folder of its own, with a sandbox for the tenant and a first base. */
async function useHelpDesk() {
  const commands = await useScimCommands();
  const { folder, scim, scimJson } = commands;
  for (const file of files) await cp(join(example, file), join(folder, file));
  const config = await readFile(join(example, 'oaa.config.yaml'), 'utf8');
  await writeFile(
    join(folder, 'oaa.config.yaml'),
    config.replace('    protected:', '    publish: { quietSeconds: 0, secondsBetweenFullPushes: 0 }\n    protected:'),
  );
  const sandbox = await createSandbox();
  onTestFinished(() => sandbox.close());
  const env = { VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey, OAA_STATE_DIR: join(folder, 'state') };
  const { token } = await scimJson(['token', 'create', '--label', 'tenant']);
  const oaa = (...argv: readonly string[]) =>
    captureCli(argv, { cwd: folder, env: { ...env, SCIM_TOKEN: String(token) } });
  expect(await oaa('build', '--mapping', 'mapping.yaml', '--out', 'base.json')).toMatchObject({ exitCode: 0 });
  expect(await scim(['import', 'base.json'])).toMatchObject({ exitCode: 0 });
  return { ...commands, sandbox, env, oaa };
}

type HelpDesk = Awaited<ReturnType<typeof useHelpDesk>>;

/** Puts a line in the place of the one in the settings that has its key. */
async function setting(
  { folder }: HelpDesk,
  line: string,
): Promise<{ readonly path: string; readonly config: string }> {
  const path = join(folder, 'oaa.config.yaml');
  const [key = ''] = line.split(':');
  const config = (await readFile(path, 'utf8')).replace(new RegExp(`${key}: .*`), line);
  await writeFile(path, config);
  return { path, config };
}

/** What the tenant holds of a user, once it holds it as the service does. */
function heldUser({ sandbox }: HelpDesk, name: string): unknown {
  const payload = sandbox.dataSource('Help Desk', 'helpdesk.example.com')?.payload as
    | { applications: readonly { local_users: readonly { name: string }[] }[] }
    | undefined;
  return payload?.applications[0]?.local_users.find((user) => user.name === name);
}

test('with writeBack in the settings, a change over SCIM reaches the files and the tenant', async () => {
  const desk = await useHelpDesk();
  const { url } = await desk.serve([], desk.env);
  const target = ['--url', url];
  const made = await desk.oaa('scim', 'act', 'sync', ...target, '--set', 'user_name=kim.frei', '--set', 'title=Agent');
  expect(made).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('POST /Users  201') });
  const joined = ['--user-name', 'kim.frei', '--group-name', 'Leads'];
  expect(await desk.oaa('scim', 'act', 'add-to-group', ...target, ...joined)).toMatchObject({ exitCode: 0 });
  const users = await readFile(join(desk.folder, 'users.csv'), 'utf8');
  expect(users).toContain('\nkim.frei,,,,Agent,yes,Leads,\n');
  await expect
    .poll(() => heldUser(desk, 'kim.frei'), { timeout: 20_000 })
    .toMatchObject({ groups: ['Leads'], is_active: true, custom_properties: { title: 'Agent' } });
  expect(await desk.scim(['history', 'kim.frei'])).toMatchObject({ stdout: expect.stringContaining('joined Leads') });
  // The tenant has it before the service has noted that.
  const status = async () => (await desk.scim(['publish', 'status'])).stdout;
  await expect.poll(status, { timeout: 20_000 }).toMatch(/condition +current/);
});

test('the service has what a tenant needs of it with write-back, too, and the check leaves the files as they were', async () => {
  const desk = await useHelpDesk();
  const { url } = await desk.serve([], desk.env);
  const before = await readFile(join(desk.folder, 'users.csv'), 'utf8');
  const { exitCode, stdout } = await desk.oaa('scim', 'check', url);
  expect(stdout).toMatch(/has what a tenant needs of it: \d+ ok, 0 failed, 0 warnings, 0 not tried[.]\n$/);
  expect(exitCode).toBe(0);
  expect(await readFile(join(desk.folder, 'users.csv'), 'utf8')).toBe(before);
});

test('a protected account keeps its access', async () => {
  const desk = await useHelpDesk();
  const { url } = await desk.serve([], desk.env);
  const refused = await desk.oaa('scim', 'act', 'deprovision', '--url', url, '--user-name', 'root');
  expect(refused).toMatchObject({ exitCode: 4, stderr: expect.stringContaining('This user is protected here') });
  expect(await readFile(join(desk.folder, 'users.csv'), 'utf8')).toContain('\nroot,,,,,yes,,\n');
});

test('an organization with a base is not served without write-back: its changes would never reach the application', async () => {
  const desk = await useHelpDesk();
  await writeFile(join(desk.folder, 'other.yaml'), 'tenant: { retries: 3 }\n');
  await expect(desk.serve(['--config', 'other.yaml'], desk.env)).rejects.toThrow(
    /The organization "default" has bases of the application "Help Desk", and no settings say how changes reach it\./,
  );
});

test.each([
  [
    'another application',
    'application: { name: Help Desk, type: Desk }',
    /has bases of the application "Help Desk" \(HelpDesk\), not of "Help Desk" \(Desk\)/,
  ],
  ['an organization that is not there', 'organization: acme', /There is no organization "acme" in this database/],
  ['a mapping that is not there', 'adapter: { type: csv, mapping: none.yaml }', /none\.yaml/],
  ['a module that is no adapter', 'adapter: { type: custom, module: ./none.ts }', /There is no module .*none\.ts/],
])('%s is refused before anything is served', async (_what, line, message) => {
  const desk = await useHelpDesk();
  const { path, config } = await setting(desk, line);
  if (line.startsWith('organization')) await writeFile(path, `${config}  - ${entryOfDefault}`);
  await expect(desk.serve([], desk.env)).rejects.toThrow(message);
});

test('a service that cannot start publishes nothing', async () => {
  const desk = await useHelpDesk();
  await expect(desk.serve(['--admin-path', '/scim'], desk.env)).rejects.toThrow(/cannot be at "\/scim"/);
  expect(desk.sandbox.requests()).toEqual([]);
});

test('what the check of an adapter of your own says is no fault of oaa', async () => {
  const desk = await useHelpDesk();
  const lines = [
    'const apply = async () => ({ type: "applied" });',
    'const check = async () => { throw new Error("no URL"); };',
    'export default { name: "desk", repeatable: true, apply, check };',
  ];
  await writeFile(join(desk.folder, 'desk.ts'), lines.join('\n'));
  await setting(desk, 'adapter: { type: custom, module: ./desk.ts }');
  const refused = await desk.scim(['serve', '--port', '0'], desk.env);
  expect(refused).toMatchObject({
    exitCode: 2,
    stderr: expect.stringMatching(
      /The adapter "desk" of the organization "default" refuses to start: no URL\n.*options/,
    ),
  });
});

test('what goes wrong at the tenant is told in lines of the log', async () => {
  const desk = await useHelpDesk();
  desk.sandbox.faults.schedule({ kind: 'unavailable' });
  const { stderr } = await desk.serve([], desk.env);
  await expect.poll(stderr, { timeout: 20_000 }).toContain('Next attempt in');
  expect(
    stderr()
      .trimEnd()
      .split('\n')
      .filter((line) => !line.startsWith('{')),
  ).toEqual([]);
});

/** Beside a wrong entry, so that the organization with the base has one. */
const entryOfDefault =
  '{ organization: default, provider: P, dataSource: d, application: { name: Help Desk, type: HelpDesk }, adapter: { type: csv, mapping: mapping.yaml } }\n';
