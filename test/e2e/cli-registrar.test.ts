import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';
import { manifestOf, useRegistrarCommands } from '../support/registrar-commands.ts';
import { scimToken } from '../support/scim-service.ts';

const apply = ['registrar', 'apply', '-f', 'provider.yaml', '--yes'];
const plan = ['registrar', 'plan', '-f', 'provider.yaml', '--detailed-exit'];

test('a manifest of ten lines is planned, applied and then as declared', async () => {
  const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));

  const first = await oaa(plan);
  expect(first).toMatchObject({ exitCode: 7, stderr: '' });
  expect(first.stdout).toContain('+ "Help Desk" is created');
  expect(first.stdout).toContain('configuration_json.scim_token: (secret, new)');
  expect(first.stdout).toContain('+ data source "helpdesk.example.com"');
  expect(sandbox.requests().map(({ method }) => method)).not.toContain('POST');

  const applied = await oaa(apply);
  expect(applied.exitCode).toBe(0);
  expect(applied.stdout).toMatch(/Checked the SCIM endpoint of Help Desk, .*: \d+ passed\.\n/);
  expect(applied.stdout).toContain('Applied: 1 provider.');
  const [provider] = sandbox.providers();
  expect(provider).toMatchObject({
    name: 'Help Desk',
    settings: { provisioning: true, external_lifecycle_management_type: 'SCIM' },
  });
  expect(JSON.parse(String(provider?.settings.configuration_json))).toEqual({
    scim_url: scimUrl,
    scim_token: scimToken,
  });
  expect(sandbox.dataSource('Help Desk', 'helpdesk.example.com')).toBeDefined();

  expect(await oaa(plan)).toMatchObject({
    exitCode: 0,
    stdout: `Tenant ${sandbox.url}\n\nNothing to do: 1 provider as declared.\n`,
  });
  expect((await oaa(apply)).stdout).toContain('Nothing had to be changed.');
});

test('a plan that was written is what is applied, as long as what it saw still holds', async () => {
  const { oaa, write, read, scimUrl, sandbox, folder } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  expect((await oaa([...plan, '--out', 'plan.json'])).exitCode).toBe(7);
  expect((await stat(join(folder, 'plan.json'))).mode & 0o777).toBe(0o600);
  expect(JSON.parse(await read('plan.json'))).toMatchObject({ format: 'oaa-registrar-plan', version: 1 });

  await write('other.yaml', 'name: Help Desk\ncustom_template: application\n');
  expect((await oaa(['registrar', 'apply', '-f', 'other.yaml', '--yes'])).exitCode).toBe(0);
  const late = await oaa(['registrar', 'apply', '--plan', 'plan.json']);
  expect(late.exitCode).toBe(8);
  expect(late.stderr).toContain('the state is 2 by now: something was applied since');
  expect(sandbox.providers()[0]?.settings).toEqual({});

  expect((await oaa([...plan, '--out', 'plan.json'])).exitCode).toBe(7);
  expect((await oaa(['registrar', 'apply', '--plan', 'plan.json'])).exitCode).toBe(0);
  expect(sandbox.providers()[0]?.settings).toMatchObject({ provisioning: true });
});

test('who cannot be asked has to say --yes; who can is asked', async () => {
  const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  const silent = await oaa(['registrar', 'apply', '-f', 'provider.yaml']);
  expect(silent.exitCode).toBe(8);
  expect(silent.stderr).toContain('Add --yes');
  const refused = await oaa(['registrar', 'apply', '-f', 'provider.yaml'], { typed: 'no\n' });
  expect(refused.exitCode).toBe(8);
  expect(sandbox.providers()).toEqual([]);
  expect((await oaa(['registrar', 'apply', '-f', 'provider.yaml'], { typed: 'yes\n' })).exitCode).toBe(0);
  expect(sandbox.providers()).toHaveLength(1);
});

test('nothing is registered whose endpoint does not work, unless its failing checks are accepted by their codes', async () => {
  const { oaa, json, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  const env = { SCIM_TOKEN: 'not-the-token-of-the-service' };
  const failing = await json(apply, { env });
  expect(failing).toMatchObject({ error: { code: 'guard' } });
  expect(sandbox.providers()).toEqual([]);

  const unreachable = manifestOf('http://127.0.0.1:9/scim/v2');
  await write('provider.yaml', unreachable);
  const away = await oaa(apply);
  expect(away.exitCode).toBe(6);
  expect(away.stderr).toContain('--verify-from tenant');
  expect(sandbox.providers()).toEqual([]);
  expect((await oaa([...apply, '--verify-from', 'tenant'])).exitCode).toBe(0);
  expect(sandbox.providers()).toHaveLength(1);
});

test('status shows state, data sources, last push, connection and differences', async () => {
  const { oaa, json, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  const status = ['registrar', 'status', '-f', 'provider.yaml'];
  const absent = await oaa(status);
  expect([absent.exitCode, absent.stdout]).toEqual([7, expect.stringContaining('not on the tenant')]);

  await oaa(apply);
  const well = await oaa(status);
  expect(well.exitCode).toBe(0);
  expect(well.stdout).toContain('ENABLED, provisioning on, SCIM');
  expect(well.stdout).toContain('data source helpdesk.example.com: PENDING, never pushed to');
  expect(well.stdout).toContain('answers as the tenant needs it');
  expect(well.stdout).toContain('  as declared');

  await write('payload.json', JSON.stringify({ applications: [{ name: 'Help Desk', application_type: 'HelpDesk' }] }));
  const push = ['push', 'payload.json', '--provider', 'Help Desk', '--data-source', 'helpdesk.example.com'];
  expect((await oaa(push)).exitCode).toBe(0);
  expect((await oaa(status)).stdout).toMatch(/helpdesk.example.com: \w+, last push \d{4}-/);

  const [provider] = sandbox.providers();
  await fetch(`${sandbox.url}/api/v1/providers/custom/${provider?.id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${sandbox.apiKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ internal_app_name: 'by hand', provisioning: false }),
  });
  const drifted = await oaa(status);
  expect(drifted.exitCode).toBe(7);
  expect(drifted.stdout).toContain('provisioning: false on the tenant, true in the manifest');
  expect(await json(status)).toMatchObject({
    status: { providers: [{ action: 'update', provisioning: false, connection: { outcome: 'passed' } }] },
  });
});

test('disable stops provisioning and nothing else; enable lets it go on', async () => {
  const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  const missing = await oaa(['registrar', 'disable', '-f', 'provider.yaml']);
  expect([missing.exitCode, missing.stderr]).toEqual([5, expect.stringContaining('Nothing was changed: "Help Desk"')]);

  await oaa(apply);
  const before = sandbox.providers()[0]?.settings;
  const off = await oaa(['registrar', 'disable', '-f', 'provider.yaml']);
  expect(off).toMatchObject({ exitCode: 0, stderr: '' });
  expect(off.stdout).toContain(
    'provisioning off\nThe manifest says otherwise of "Help Desk": the next apply switches it on again.',
  );
  expect(sandbox.providers()[0]?.settings).toEqual({ ...before, provisioning: false });
  expect((await oaa(['registrar', 'enable', '-f', 'provider.yaml'])).stdout).toMatch(/provisioning on\n$/);
  expect((await oaa(plan)).exitCode).toBe(0);
});

test('a provider whose manifest does not say provisioning is not switched, and that is said', async () => {
  const { oaa, json, write, scimUrl, sandbox } = await useRegistrarCommands();
  const open = 'name: Open\ncustom_template: application\n';
  await write('provider.yaml', `${manifestOf(scimUrl)}\n---\n${open}`);
  await oaa(apply);
  const off = await oaa(['registrar', 'disable', '-f', 'provider.yaml']);
  expect(off.exitCode).toBe(0);
  expect(off.stdout).toContain('Open: left as it is, since its manifest does not say provisioning\n');
  expect(sandbox.providers().map(({ settings }) => settings.provisioning)).toEqual([false, undefined]);
  expect(await json(['registrar', 'enable', '-f', 'provider.yaml'])).toMatchObject({
    provisioning: true,
    providers: [{ name: 'Help Desk', unchanged: false }],
    leftAlone: ['Open'],
  });
  await write('open.yaml', open);
  const nothing = await oaa(['registrar', 'disable', '-f', 'open.yaml']);
  expect([nothing.exitCode, nothing.stderr]).toEqual([2, expect.stringContaining('has the field provisioning')]);
});

test('plan and status say that an apply has not finished', async () => {
  const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
  expect((await oaa(apply)).exitCode).toBe(4);
  const unfinished = expect.stringContaining('has not finished');
  expect(await oaa(plan)).toMatchObject({ exitCode: 7, stderr: unfinished });
  expect((await oaa(['registrar', 'status', '-f', 'provider.yaml'])).stderr).toEqual(unfinished);
  expect((await oaa(['registrar', 'apply', '--resume'])).exitCode).toBe(0);
  expect(await oaa(plan)).toMatchObject({ exitCode: 0, stderr: '' });
});

test('a check that is accepted is one that there is', async () => {
  const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  const misspelt = await oaa([...apply, '--accept-failing-checks', 'user-create, usr-delete']);
  expect(misspelt.exitCode).toBe(2);
  expect(misspelt.stderr).toContain('names "usr-delete", which no check has as its code. Did you mean "user-delete"?');
  expect(sandbox.requests()).toEqual([]);
});

test('a provider that was made by hand is imported, adopted and then as declared', async () => {
  const { oaa, write, read, scimUrl } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  await oaa(apply);
  expect((await oaa(['registrar', 'import', 'Help Desk', '--out', 'imported.yaml'])).exitCode).toBe(0);
  const manifest = await read('imported.yaml');
  expect(manifest).toContain('scim_token: env:OAA_HELP_DESK_SCIM_TOKEN');
  expect(manifest).not.toContain(scimToken);
  const again = await oaa(['registrar', 'import', 'Help Desk', '--out', 'imported.yaml']);
  expect([again.exitCode, again.stderr]).toEqual([2, expect.stringContaining('imported.yaml is there already')]);
  expect(await read('imported.yaml')).toBe(manifest);

  const elsewhere = { env: { OAA_HELP_DESK_SCIM_TOKEN: scimToken } };
  const own = ['-f', 'imported.yaml', '--state', 'imported.json'];
  const first = await oaa(['registrar', 'plan', ...own, '--detailed-exit'], elsewhere);
  expect(first.exitCode).toBe(7);
  expect(first.stdout).toContain('scim_token: secret (unknown, would be sent)');
  expect((await oaa(['registrar', 'apply', ...own, '--yes'], elsewhere)).exitCode).toBe(0);
  expect((await oaa(['registrar', 'plan', ...own, '--detailed-exit'], elsewhere)).exitCode).toBe(0);
});

test('a manifest names its tenant where nothing else does, and is refused at another one', async () => {
  const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
  const tenant = `tenant:\n  url: ${sandbox.url}\n  api_key: env:PORTAL_KEY\n`;
  await write('provider.yaml', manifestOf(scimUrl, tenant));
  const named = { VEZA_URL: '', VEZA_API_KEY: 'another-key-123456789', PORTAL_KEY: sandbox.apiKey };
  expect((await oaa(plan, { env: named })).exitCode).toBe(7);
  const other = await oaa(plan, { env: { VEZA_URL: 'https://other.vezacloud.com' } });
  expect(other.exitCode).toBe(2);
  expect(other.stderr).toContain('provider.yaml:11:8: the manifest is for the tenant');
});

test('every problem of a manifest is told with its place, and nothing is asked of the tenant', async () => {
  const { oaa, write, sandbox } = await useRegistrarCommands();
  await write(
    'provider.yaml',
    'name: Help Desk\ncustom_template: application\nprovisionning: true\nexternal_lifecycle_management_type: SCIM\nconfiguration:\n  scim_url: http://scim.example.com/Users\n  scim_token: abc123secretvalue\n',
  );
  const { exitCode, stdout, stderr } = await oaa(plan);
  expect([exitCode, stdout]).toEqual([3, '']);
  expect(stderr).toContain('provider.yaml:3:1 ');
  expect(stderr).toContain('Did you mean "provisioning"?');
  expect(stderr).toContain('provider.yaml:6:13 ');
  expect(stderr).toContain('provider.yaml:7:15 ');
  expect(stderr).not.toContain('abc123secretvalue');
  expect(sandbox.requests()).toEqual([]);
});

test('an apply that stopped says what is done, and is gone on with', async () => {
  const { oaa, write, scimUrl, sandbox } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  sandbox.faults.schedule({ kind: 'forbidden', match: { method: 'POST', path: '*/datasources' } });
  const stopped = await oaa(apply);
  expect(stopped.exitCode).toBe(4);
  expect(stopped.stderr).toContain('done: create');
  expect(stopped.stderr).toContain('not done: create data source helpdesk.example.com');
  expect(stopped.stderr).toContain('oaa registrar apply --resume');
  const blocked = await oaa(apply);
  expect([blocked.exitCode, sandbox.providers()]).toEqual([8, [expect.anything()]]);
  expect((await oaa(['registrar', 'apply', '--resume'])).exitCode).toBe(0);
  expect((await oaa(plan)).exitCode).toBe(0);
  expect((await oaa(['registrar', 'apply', '--resume'])).exitCode).toBe(2);
});

test('the examples in help run, one after the other', async () => {
  const { oaa, write, scimUrl } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  const examples: string[] = [];
  for (const verb of ['plan', 'apply', 'status', 'import', 'disable', 'enable']) {
    const { stdout } = await captureCli(['registrar', verb, '--help']);
    const [, text = ''] = stdout.split(/\nExamples?\n/);
    examples.push(...[...text.matchAll(/^ {2}oaa (.*)$/gm)].map(([, example = '']) => example));
  }
  expect(examples).toHaveLength(8);
  for (const example of examples) {
    const words = (example.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', ''));
    expect([example, (await oaa(words)).exitCode]).toEqual([example, 0]);
  }
});
