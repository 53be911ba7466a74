import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type FaultRule, type Sandbox } from '@oaa-kit/registrar/sandbox';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { type CliSurroundings, captureCli } from '../support/capture-cli.ts';
import { readProjectFile } from '../support/repository.ts';

/** One user; valid, and without anything that the tenant warns of. */
function portal(identities?: readonly string[]) {
  return {
    custom_property_definition: { applications: [] },
    applications: [
      {
        name: 'Portal',
        application_type: 'portal',
        description: null,
        local_users: [{ name: 'kim', ...(identities === undefined ? {} : { identities }) }],
        local_groups: [],
        local_roles: [],
        local_access_creds: [],
        tags: [],
        custom_properties: {},
        resources: [],
      },
    ],
    permissions: [],
    identity_to_permissions: [],
  };
}
const dangling = {
  ...portal(),
  identity_to_permissions: [
    {
      identity: 'kim',
      identity_type: 'local_user',
      role_assignments: [{ application: 'Portal', role: 'admin', apply_to_application: true }],
    },
  ],
};
const corporate = {
  custom_property_definition: {},
  name: 'Corp',
  idp_type: 'corp',
  domains: [{ name: 'corp.test' }],
  users: [],
  groups: [],
};

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-e2e-'));
  const files = {
    'payload.json': readProjectFile('test/fixtures/readme/payload.json'),
    'portal.json': JSON.stringify(portal()),
    'warned-by-tenant.json': JSON.stringify(portal(['kim@nowhere.test'])),
    'warned.json': JSON.stringify(corporate),
    'dangling.json': JSON.stringify(dangling),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  sandbox = await createSandbox();
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});
beforeEach(() => sandbox.reset());

/** Everything that any run of this file printed. */
let printed = '';
afterEach(() => {
  expect(printed).not.toContain(sandbox.apiKey);
  printed = '';
});

async function oaa(argv: readonly string[], surroundings: CliSurroundings = {}) {
  const env = { VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey, OAA_API_RETRIES: '0', ...surroundings.env };
  const result = await captureCli(argv, { cwd: folder, ...surroundings, env });
  printed += result.stdout + result.stderr;
  return result;
}
const target = ['--provider', 'Portal', '--data-source', 'portal.test'] as const;
const push = (file: string, ...more: string[]) => oaa(['push', file, ...target, ...more]);
const writes = () => sandbox.requests().filter(({ method }) => method !== 'GET');
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
    const { exitCode, stdout } = await oaa(['push', '-', ...target, '--create-provider'], { piped });
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
    expect(writes()).toEqual([]);
  });

  test('names that a tenant refuses', async () => {
    const { exitCode, stderr } = await oaa(['push', 'portal.json', '--provider', 'a/b', '--data-source', 'c']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('a/b');
    expect(writes()).toEqual([]);
  });
});

describe('oaa push --save-json', () => {
  const now = () => new Date('2026-02-03T04:05:06.000Z');
  const saving = (file: string, copies: string, ...more: string[]) =>
    oaa(['push', file, ...target, '--create-provider', '--save-json', copies, ...more], { now });

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
    expect(writes()).toEqual([]);
  });
});

describe('oaa push --dry-run', () => {
  test('reads the tenant and changes nothing', async () => {
    const first = await push('portal.json', '--create-provider', '--dry-run');
    expect(first.exitCode).toBe(0);
    expect(first.stdout).toMatch(/provider {5}Portal: would be made with the template application\n/);
    expect(first.stdout).toMatch(/data source {2}portal\.test: would be made\n/);
    expect(first.stdout).toMatch(/^Dry run: nothing was changed\.\n/);
    expect(writes()).toEqual([]);

    await push('portal.json', '--create-provider');
    const second = await push('portal.json', '--dry-run', '--json', '--multipart', 'always');
    expect(JSON.parse(second.stdout)).toMatchObject({
      dryRun: true,
      pushed: false,
      tenant: sandbox.url,
      provider: { action: 'use', id: provider()?.id },
      dataSource: { action: 'replace content' },
      mode: 'parts',
    });
  });

  test('fails as the push would', async () => {
    const { exitCode, stderr } = await push('portal.json', '--dry-run');
    expect(exitCode).toBe(5);
    expect(stderr).toContain('--create-provider');
    expect((await push('dangling.json', '--dry-run')).exitCode).toBe(3);
  });

  test('without a tenant it is local, and says so', async () => {
    const argv = ['push', 'portal.json', ...target, '--dry-run', '--save-json', 'never'];
    const { exitCode, stdout, stderr } = await captureCli(argv, { cwd: folder });
    expect(exitCode).toBe(0);
    expect(stdout).toContain('  provider     Portal: not looked up\n');
    expect(stdout).toContain('  copy         would be saved in never\n');
    expect(stderr).toMatch(/^This was checked locally only\. .*VEZA_URL/s);
    expect(await readdir(folder)).not.toContain('never');
  });
});

describe('oaa provider', () => {
  beforeEach(async () => {
    await push('portal.json', '--create-provider');
  });

  test('list shows all providers, and only those that a filter names', async () => {
    await oaa(['push', 'portal.json', '--provider', 'Second', '--data-source', 'x', '--create-provider']);
    const { stdout, stderr } = await oaa(['provider', 'list']);
    expect(stderr).toBe('');
    expect(stdout).toMatch(
      /^NAME {4}ID {36}STATE {4}TEMPLATES\nPortal {2}[0-9a-f-]{36} {2}ENABLED {2}application\nSecond/,
    );
    const filtered = await oaa(['provider', 'list', '--filter', 'name eq "Second"', '--json']);
    expect(JSON.parse(filtered.stdout).providers).toMatchObject([{ name: 'Second', templates: ['application'] }]);
  });

  test('list of nothing says so on stderr', async () => {
    await sandbox.reset();
    expect(await oaa(['provider', 'list'])).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: `${sandbox.url} has no custom provider.\n`,
    });
    expect(JSON.parse((await oaa(['provider', 'list', '--json'])).stdout)).toEqual({ providers: [] });
  });

  test('get shows a provider by name or id, with its data sources', async () => {
    const byName = await oaa(['provider', 'get', 'Portal']);
    expect(byName.stdout).toContain('Name:         Portal\n');
    expect(byName.stdout).toContain('\nDATA SOURCE');
    expect(byName.stdout).toContain('\nportal.test');
    expect(await oaa(['provider', 'get', provider()?.id ?? ''])).toEqual(byName);
    expect(JSON.parse((await oaa(['provider', 'get', 'Portal', '--json'])).stdout)).toMatchObject({
      provider: { name: 'Portal' },
      dataSources: [{ name: 'portal.test' }],
    });
  });

  test('an unknown provider comes with the nearest name', async () => {
    const { exitCode, stdout, stderr } = await oaa(['provider', 'get', 'Porta']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 5, stdout: '' });
    expect(stderr).toBe(
      `Error: ${sandbox.url} has no provider with the name or id "Porta". Did you mean "Portal"?\n` +
        '`oaa provider list` shows all providers that this API key may see.\n',
    );
  });

  test('delete without --yes and without a terminal changes nothing', async () => {
    const { exitCode, stdout, stderr } = await oaa(['provider', 'delete', 'Portal']);
    expect({ exitCode, stdout }).toEqual({ exitCode: 8, stdout: '' });
    expect(stderr).toBe(
      `Error: Deleting the provider "Portal" of ${sandbox.url} also deletes its 1 data source and all that they brought into the graph. Nothing was changed.\n` +
        'Add --yes to delete it.\n',
    );
    expect(provider()?.state).toBe('ENABLED');
  });

  test('delete with --yes', async () => {
    const { exitCode, stdout } = await oaa(['provider', 'delete', 'Portal', '--yes']);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(
      /^Deleted the provider "Portal" \([0-9a-f-]{36}\)\. The tenant removes its data in the background\.\n$/,
    );
    expect(provider()?.state).not.toBe('ENABLED');
  });

  test('delete after the name was typed, and not after another', async () => {
    const refused = await oaa(['provider', 'delete', 'Portal'], { typed: 'portal\n' });
    expect(refused.exitCode).toBe(8);
    expect(refused.stderr).toContain('Type the name of the provider to delete it: ');
    expect(refused.stderr).toContain('was not confirmed. Nothing was changed.');
    expect(provider()?.state).toBe('ENABLED');
    expect((await oaa(['provider', 'delete', 'Portal'], { typed: 'Portal\n' })).exitCode).toBe(0);
  });
});

describe('oaa tenant check', () => {
  test('all steps, and what was not tried', async () => {
    const { exitCode, stdout, stderr } = await oaa(['tenant', 'check']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(
      stdout
        .replaceAll(sandbox.url, '<url>')
        .replaceAll(new URL(sandbox.url).host, '<host>')
        .replace(/knows \d+/, 'knows N'),
    ).toBe(
      [
        'Settings    ok         <url> (url from environment, API key from environment)',
        'Host name   not tried  127.0.0.1 is an address already',
        'Connection  ok         <host> accepts connections',
        'TLS         not tried  the address is plain http: everybody on the way can read the API key',
        '                       Use https.',
        'Answer      ok         the tenant answers',
        'API key     ok         accepted; the tenant knows N payload templates',
        'May read    ok         the key may list custom providers; there is none yet',
        'May push    not tried  only a push shows whether this key may push',
        '                       The API key needs the right to make OAA providers and data sources: a team key, or a key of an administrator.',
        '',
      ].join('\n'),
    );
    expect(writes()).toEqual([]);
  });

  const stepsOf = async (env: Readonly<Record<string, string>>, ...flags: string[]) => {
    const { exitCode, stdout, stderr } = await oaa(['tenant', 'check', '--json', ...flags], { env });
    expect(stderr).toBe('');
    const document = JSON.parse(stdout);
    expect(document.exitCode).toBe(exitCode);
    const steps = document.steps.map(({ step, status }: { step: string; status: string }) => [step, status]);
    return { exitCode, steps: Object.fromEntries(steps) };
  };

  test('a wrong key: exit code 4', async () => {
    expect(await stepsOf({ VEZA_API_KEY: 'not-the-key-of-it' })).toEqual({
      exitCode: 4,
      steps: {
        settings: 'ok',
        name: 'not tried',
        connection: 'ok',
        tls: 'not tried',
        answer: 'ok',
        key: 'failed',
        read: 'not tried',
        push: 'not tried',
      },
    });
  });

  test('nobody listens: exit code 6', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const port = typeof address === 'object' ? address?.port : undefined;
    await new Promise((resolve) => server.close(resolve));
    expect(await stepsOf({ VEZA_URL: `http://127.0.0.1:${port}` })).toMatchObject({
      exitCode: 6,
      steps: { connection: 'failed', answer: 'not tried', key: 'not tried' },
    });
  });

  test('a page of a proxy instead of an answer', async () => {
    sandbox.faults.schedule({ kind: 'html-page', times: 'always' });
    expect(await stepsOf({})).toMatchObject({
      exitCode: 6,
      steps: { connection: 'ok', answer: 'failed', key: 'not tried' },
    });
  });

  test('a certificate that is not trusted, and one that is', async () => {
    const secure = await createSandbox({ tls: true, apiKey: sandbox.apiKey });
    try {
      expect(await stepsOf({ VEZA_URL: secure.url })).toMatchObject({
        exitCode: 6,
        steps: { connection: 'ok', tls: 'failed', answer: 'not tried' },
      });
      await writeFile(join(folder, 'ca.pem'), secure.caCertificate ?? '');
      expect(await stepsOf({ VEZA_URL: secure.url }, '--ca-file', 'ca.pem')).toMatchObject({
        exitCode: 0,
        steps: { tls: 'ok', key: 'ok' },
      });
    } finally {
      await secure.close();
    }
  });
});

describe('what goes wrong on the way', () => {
  const faults: readonly (readonly [title: string, fault: FaultRule, exitCode: number, says: RegExp])[] = [
    ['a push that the tenant refuses', { kind: 'refused-push' }, 5, /violation|refuse/i],
    ['too many requests', { kind: 'too-many-requests', retryAfter: 0, times: 'always' }, 6, /429/],
    ['a server error', { kind: 'server-error', times: 'always' }, 6, /500/],
    ['a connection that is cut', { kind: 'cut-before', times: 'always' }, 6, /cut/],
    ['a page of a proxy', { kind: 'html-page', times: 'always' }, 6, /502/],
    ['a page with status 200', { kind: 'not-json', times: 'always' }, 5, /log-in page/],
  ];

  test.each(faults)('%s', async (_title, fault, exitCode, says) => {
    sandbox.faults.schedule(fault);
    const text = await push('portal.json', '--create-provider');
    expect(text).toMatchObject({ exitCode, stdout: '' });
    expect(text.stderr).toMatch(/^Error: /);
    expect(text.stderr).toMatch(says);
    expect(sandbox.dataSource('Portal', 'portal.test')?.payload).toBeUndefined();

    await sandbox.reset();
    sandbox.faults.schedule(fault);
    const json = await push('portal.json', '--create-provider', '--json');
    expect(json).toMatchObject({ exitCode, stderr: '' });
    expect(JSON.parse(json.stdout).error).toMatchObject({ exitCode });
  });

  test('a refused key', async () => {
    const { exitCode, stderr } = await oaa(['provider', 'list'], { env: { VEZA_API_KEY: 'not-the-key-of-it' } });
    expect(exitCode).toBe(4);
    expect(stderr).toContain('VEZA_API_KEY');
    expect(stderr).not.toContain('not-the-key-of-it');
  });

  test('a time-out', async () => {
    sandbox.faults.schedule({ kind: 'latency', latencyMs: 60_000, times: 'always' });
    const { exitCode, stderr } = await oaa(['provider', 'list', '--timeout', '0.05']);
    expect(exitCode).toBe(6);
    expect(stderr).toContain('--timeout');
  });

  test('SIGINT during a push', async () => {
    sandbox.faults.schedule({ kind: 'latency', latencyMs: 60_000, times: 'always' });
    const controller = new AbortController();
    const running = oaa(['push', 'portal.json', ...target, '--create-provider'], { signal: controller.signal });
    while (sandbox.requests().length === 0) await new Promise((resolve) => setImmediate(resolve));
    controller.abort();
    const { exitCode, stdout, stderr } = await running;
    expect({ exitCode, stdout }).toEqual({ exitCode: 6, stdout: '' });
    expect(stderr).toContain('aborted');
  });

  test('--debug says what is sent, without the key', async () => {
    const { stderr } = await oaa(['provider', 'list', '--debug']);
    expect(stderr).toMatch(/ debug answer .*status=200/);
  });
});

test('the examples in help run against a tenant', async () => {
  const lines = [
    'validate payload.json',
    'validate payload.json --fail-on-warnings --json',
    'push payload.json --provider PORTAL --data-source portal.example.com --create-provider',
    'push payload.json --provider PORTAL --data-source portal.example.com --dry-run',
    'provider list',
    'provider list --filter FILTER --json',
    'provider get PORTAL',
    'tenant check',
    'tenant check --json',
    'provider delete PORTAL --yes',
  ];
  const helps = await Promise.all(
    ['validate', 'push', 'provider list', 'provider get', 'tenant check', 'provider delete'].map((words) =>
      oaa([...words.split(' '), '--help']),
    ),
  );
  const shown = helps.flatMap(
    ({ stdout }) =>
      stdout
        .split(/\nExamples?\n/)[1]
        ?.trim()
        .split(/\n\s*/) ?? [],
  );
  const plain = shown.map((line) =>
    line
      .replace(/^oaa /, '')
      .replaceAll("'Customer Portal'", 'PORTAL')
      .replace(/'name eq .*'/, 'FILTER'),
  );
  expect(plain).toEqual(lines);
  for (const line of lines) {
    const words = line
      .split(' ')
      .map((word) => (word === 'PORTAL' ? 'Customer Portal' : word === 'FILTER' ? 'name eq "Customer Portal"' : word));
    const result = await oaa(words);
    expect([line, result.exitCode, result.stderr.includes('Error')]).toEqual([line, 0, false]);
  }
});
