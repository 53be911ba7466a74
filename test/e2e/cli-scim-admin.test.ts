import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import {
  createServer,
  request as httpRequest,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { makeCertificate } from '../../packages/registrar/src/sandbox/tls.ts';
import { captureCli } from '../support/capture-cli.ts';
import { useScimCommands } from '../support/scim-commands.ts';

const names = (count: number) => Array.from({ length: count }, (_, index) => `user ${index}`);

function payloadOf(users: readonly string[], name = 'Shop EU') {
  return {
    custom_property_definition: { applications: [] },
    applications: [
      {
        name,
        application_type: 'Shop',
        local_users: users.map((user, index) => ({ id: `u${index}`, name: user, is_active: true })),
      },
    ],
    permissions: [],
    identity_to_permissions: [],
  };
}

/** Write-back into an application that takes everything, and a tenant that is never asked. */
const settings = `writeBack:
  - organization: default
    provider: Shop
    dataSource: shop.example.com
    application: { name: Shop EU, type: Shop }
    adapter: { type: custom, module: ./adapter.mjs }
    publish: { quietSeconds: 3600, longestWaitSeconds: 3600 }
`;
const adapter = `export default { name: 'shop', repeatable: true, apply: async () => ({ type: 'applied' }) };`;

/** A service with its administration API, a token for bases, and `oaa scim base` from a folder that has no database. */
async function useRemoteBases() {
  const { scim, scimJson, serve, folder } = await useScimCommands();
  const makeToken = async (...argv: string[]) => String((await scimJson(['token', 'create', ...argv])).token);
  const token = await makeToken('--label', 'nightly', '--scope', 'base:write');
  await writeFile(join(folder, 'oaa.config.yaml'), settings);
  await writeFile(join(folder, 'adapter.mjs'), adapter);
  const server = await serve(['--admin-path', '/admin'], {
    VEZA_URL: 'http://127.0.0.1:1',
    VEZA_API_KEY: 'never-used',
  });
  const admin = `${new URL(server.url).origin}/admin`;
  const base = (argv: readonly string[], { url = admin, secret = token } = {}) =>
    captureCli(['scim', 'base', ...argv, '--url', url, '--token', 'env:BASE_TOKEN'], {
      cwd: folder,
      env: { BASE_TOKEN: secret },
    });
  return {
    scim,
    scimJson,
    server,
    admin,
    token,
    makeToken,
    base,
    async baseJson(argv: readonly string[]) {
      const { exitCode, stdout, stderr } = await base([...argv, '--json']);
      expect([exitCode, stderr], stdout).toEqual([0, '']);
      return JSON.parse(stdout);
    },
    async write(name: string, payload: unknown) {
      await writeFile(join(folder, name), typeof payload === 'string' ? payload : JSON.stringify(payload));
      return name;
    },
    folder,
  };
}

/** Listens until the test ends; gives the URL. */
async function listening(server: Server, scheme = 'http'): Promise<string> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `${scheme}://localhost:${(server.address() as AddressInfo).port}`;
}

/** Passes a request on; `answer` has what came back. */
function passOn(origin: string, request: IncomingMessage, answer: (from: IncomingMessage) => void): void {
  const { method, url, headers } = request;
  request.pipe(httpRequest(`${origin}${url}`, { method, headers }, answer));
}

describe('oaa scim base from another machine', () => {
  test('begins, submits and lists as it does beside the database; the label of the token is who did it', async () => {
    const { base, baseJson, scim, write, server, admin } = await useRemoteBases();
    expect(server.stdout()).toBe(`SCIM service listening at ${server.url}\nAdministration API at ${admin}\n`);
    expect(await base(['begin'])).toEqual({ exitCode: 0, stdout: '0.0\n', stderr: '' });
    const payload = await write('first.json', payloadOf(['jane', 'kim']));
    expect(await base(['submit', payload])).toEqual({
      exitCode: 0,
      stdout:
        'Accepted base 1 of Shop EU: created 2, updated 0, deleted 0; 0 memberships added, 0 removed. The organization is at revision 2.\n',
      stderr: '',
    });
    const next = await write('next.json', payloadOf(['jane']));
    expect(await baseJson(['submit', next, '--as-of', '2.1'])).toMatchObject({
      base: { generation: 2, actor: 'nightly' },
      changes: { deleted: 1 },
      drifts: [],
      notices: [],
    });
    for (const json of [[], ['--json']]) {
      const remote = await base(['list', ...json]);
      expect(remote.stdout).toContain('nightly');
      expect(remote).toEqual(await scim(['base', 'list', ...json]));
    }
    expect((await scim(['history', 'kim'])).stdout).toMatch(/nightly {2}extraction/);
  });

  test.each([
    ['too many removals', ['few.json', '--as-of', '30.1'], 8],
    ['no as-of', ['good.json'], 2],
    ['an as-of that is none', ['good.json', '--as-of', 'now'], 2],
    ['an as-of of the future', ['good.json', '--as-of', '99.1'], 2],
    ['an invalid payload', ['bad.json', '--as-of', '30.1'], 3],
    ['what is no payload', ['list.json', '--as-of', '30.1'], 3],
    ['no JSON', ['text.json', '--as-of', '30.1'], 3],
    ['a file that is not there', ['missing.json', '--as-of', '30.1'], 2],
    ['a percentage above 100', ['good.json', '--as-of', '30.1', '--max-removal', '120'], 2],
    ['a percentage below 0', ['good.json', '--as-of', '30.1', '--max-removal', '-1'], 2],
  ])('%s ends with the code and the words of a database on this machine', async (_what, argv, code) => {
    const { base, scim, scimJson, write } = await useRemoteBases();
    const good = payloadOf(names(30));
    await scim(['import', await write('good.json', good)]);
    await write('few.json', payloadOf(names(10)));
    await write('bad.json', { ...payloadOf(['jane', 'kim', 'Jane', 'lee']), more: 1, permissions: [{ name: 7 }] });
    await write('list.json', []);
    await write('text.json', '{"applications":');
    const remote = await base(['submit', ...argv]);
    expect(remote.exitCode, remote.stderr).toBe(code);
    expect(remote).toEqual(await scim(['base', 'submit', ...argv]));
    const remoteJson = await base(['submit', ...argv, '--json']);
    expect(JSON.parse(remoteJson.stdout).error).toMatchObject({ exitCode: code });
    expect((await scimJson(['base', 'list'])).bases).toHaveLength(1);
  });

  test('a base of another application than the settings of the service name ends with 3, the first one too', async () => {
    const { base, scimJson, write } = await useRemoteBases();
    const { exitCode, stderr } = await base(['submit', await write('other.json', payloadOf(['jane'], 'Shop US'))]);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('"Shop US"')]);
    expect((await scimJson(['base', 'list'])).bases).toEqual([]);
  });

  test('a base whose answer is lost says that nobody knows, and how to find out', async () => {
    const { base, write, admin } = await useRemoteBases();
    const cutting = createServer((request) => {
      passOn(new URL(admin).origin, request, (answer) => answer.resume().on('end', () => request.socket.destroy()));
    });
    const payload = payloadOf(['jane']);
    const digest = createHash('sha256').update(JSON.stringify(payload)).digest('hex').slice(0, 12);
    const url = `${await listening(cutting)}/admin`;
    const lost = await base(['submit', await write('first.json', payload)], { url });
    expect([lost.exitCode, lost.stdout]).toEqual([6, '']);
    expect(lost.stderr).toContain('It is not known whether the base was accepted');
    expect(lost.stderr).toContain(`\`oaa scim base list\` shows it with the SHA-256 ${digest}`);
    const listed = await base(['list']);
    expect(listed.stdout).toContain(digest);
    // It was sent once.
    expect(listed.stdout.trim().split('\n')).toHaveLength(2);
  });

  test('an answer that no administration API gives is no success, and leaves it open', async () => {
    const { base, write } = await useRemoteBases();
    const answering = createServer((request: IncomingMessage, response: ServerResponse) => {
      request.resume().on('end', () => response.end('{"ok":true}'));
    });
    const url = await listening(answering);
    const { exitCode, stdout, stderr } = await base(['submit', await write('a.json', payloadOf(['jane']))], { url });
    expect([exitCode, stdout]).toEqual([5, '']);
    expect(stderr).toContain('It is not known whether the base was accepted');
    expect((await base(['begin'], { url })).exitCode).toBe(5);
  });

  test('a service that is busy changed nothing, and says so', async () => {
    const { base, write } = await useRemoteBases();
    const busy = createServer((request: IncomingMessage, response: ServerResponse) => {
      const body = JSON.stringify({ code: 'busy', message: 'Other bases are being merged; this one was not read.' });
      request.resume().on('end', () => response.writeHead(503, { 'retry-after': '1' }).end(body));
    });
    const url = await listening(busy);
    const refused = await base(['submit', await write('a.json', payloadOf(['jane']))], { url });
    expect(refused).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('this one was not read') });
    expect(refused.stderr).not.toContain('not known');
  });

  test('over TLS it trusts the authority of --ca, and no other', async () => {
    const { base, admin, write } = await useRemoteBases();
    const { key, certificate } = await makeCertificate('localhost');
    const proxy = createHttpsServer({ key, cert: certificate }, (request, response) => {
      passOn(new URL(admin).origin, request, (answer) => {
        response.writeHead(answer.statusCode ?? 500, answer.headers);
        answer.pipe(response);
      });
    });
    const url = `${await listening(proxy, 'https')}/admin`;
    const refused = await base(['begin', '--retries', '0'], { url });
    expect(refused).toMatchObject({ exitCode: 6, stderr: expect.stringContaining('--ca') });
    await write('ca.pem', certificate);
    expect(await base(['begin', '--ca', 'ca.pem'], { url })).toEqual({ exitCode: 0, stdout: '0.0\n', stderr: '' });
    expect((await base(['begin', '--ca', 'none.pem'], { url })).exitCode).toBe(2);
  });

  test('a token that is wrong, or not for bases, ends with 4 and is not shown', async () => {
    const { base, makeToken } = await useRemoteBases();
    const scimToken = await makeToken('--label', 'tenant');
    for (const secret of [scimToken, scimToken.replace(/.{8}$/, '00000000')]) {
      const { exitCode, stdout, stderr } = await base(['begin'], { secret });
      expect([exitCode, stdout]).toEqual([4, '']);
      expect(stderr).not.toContain(secret.slice(-64));
    }
    expect((await base(['begin'], { secret: scimToken })).stderr).toContain('base:write');
  });

  test.each([
    ['plain HTTP to another machine', ['--url', 'http://scim.example.com/admin', '--token', 'env:T'], 2, 'unencrypted'],
    ['what is no URL', ['--url', 'admin', '--token', 'env:T'], 2, 'https://scim.example.com/admin'],
    ['no token', ['--url', 'http://127.0.0.1:1/admin'], 2, '--token env:NAME'],
    ['a token that is not set', ['--url', 'http://127.0.0.1:1/admin', '--token', 'env:NONE'], 2, 'NONE'],
    ['a secret itself', ['--url', 'http://127.0.0.1:1/admin', '--token', 'scim_x'], 2, 'env:NAME'],
    ['both places', ['--url', 'http://127.0.0.1:1', '--token', 'env:T', '--database', 'sqlite:x'], 2, 'not both'],
    ['neither place', [], 2, '--database'],
    ['a token for a database', ['--database', 'sqlite:x', '--token', 'env:T'], 2, 'Leave out --token'],
    ['programs for a database', ['--database', 'sqlite:x', '--allow-commands'], 2, 'Leave out --allow-commands'],
    ['certificates for a database', ['--database', 'sqlite:x', '--ca', 'ca.pem'], 2, 'Leave out --ca'],
    ['no certificates for a database', ['--database', 'sqlite:x', '--unsafe-https'], 2, 'Leave out --unsafe-https'],
    ['a proxy for a database', ['--database', 'sqlite:x', '--proxy', 'http://proxy:1'], 2, 'Leave out --proxy'],
    ['a time-out for a database', ['--database', 'sqlite:x', '--timeout', '300'], 2, 'Leave out --timeout'],
    ['retries for a database', ['--database', 'sqlite:x', '--retries', '5'], 2, 'Leave out --retries'],
    ['half a retry', ['--url', 'http://127.0.0.1:1', '--token', 'env:T', '--retries', '0.5'], 2, '--retries'],
    [
      'a password of a proxy that is no percent-encoding',
      ['--url', 'http://127.0.0.1:1', '--token', 'env:T', '--proxy', 'http://kim:100%sure@127.0.0.1:1'],
      2,
      'percent-encoded',
    ],
    [
      'an organization',
      ['--url', 'http://127.0.0.1:1', '--token', 'env:T', '--organization', 'a'],
      2,
      '--organization',
    ],
    ['no service', ['--url', 'http://127.0.0.1:1', '--token', 'env:T', '--retries', '0'], 6, 'No connection'],
    ['a time-out of nothing', ['--url', 'http://127.0.0.1:1', '--token', 'env:T', '--timeout', '0'], 2, '--timeout'],
  ])('%s', async (_what, argv, code, message) => {
    const { folder } = await useScimCommands();
    const { exitCode, stdout, stderr } = await captureCli(['scim', 'base', 'list', ...argv], {
      cwd: folder,
      env: { T: 'a-token-of-some-length' },
    });
    expect([exitCode, stdout], stderr).toEqual([code, '']);
    expect(stderr).toContain(message);
  });

  test('the URL of the SCIM service is not that of the administration API', async () => {
    const { base, server } = await useRemoteBases();
    const { exitCode, stderr } = await base(['begin'], { url: server.url });
    expect([exitCode, stderr]).toEqual([5, expect.stringContaining('--url')]);
  });
});

describe('oaa scim serve --admin-path', () => {
  test('takes no base for an organization of which no settings say how its changes reach an application', async () => {
    const { scimJson, serve, folder } = await useScimCommands();
    const { token } = await scimJson(['token', 'create', '--label', 'nightly', '--scope', 'base:write']);
    const { url } = await serve(['--admin-path', '/admin']);
    await writeFile(join(folder, 'payload.json'), JSON.stringify(payloadOf(['jane'])));
    const argv = [
      'scim',
      'base',
      'submit',
      'payload.json',
      '--url',
      `${new URL(url).origin}/admin`,
      '--token',
      'env:T',
    ];
    const refused = await captureCli(argv, { cwd: folder, env: { T: String(token) } });
    expect(refused).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('"writeBack"') });
    expect((await scimJson(['base', 'list'])).bases).toEqual([]);
  });

  test('is refused within the path of the SCIM service', async () => {
    const { scim, scimJson } = await useScimCommands();
    await scimJson(['token', 'create', '--label', 'tenant']);
    for (const argv of [
      ['--admin-path', '/scim/admin'],
      ['--admin-path', '/admin', '--base-url', 'https://scim.example.com/v2'],
    ]) {
      const { exitCode, stderr } = await scim(['serve', '--port', '0', ...argv]);
      expect([exitCode, stderr]).toEqual([2, expect.stringContaining('--mount-path')]);
    }
  });

  test('tells both URLs with --json, below the host that clients know', async () => {
    const { scim, serve } = await useScimCommands();
    await scim(['token', 'create', '--label', 'tenant']);
    const argv = ['--json', '--admin-path', '/admin', '--base-url', 'https://scim.example.com/scim/v2'];
    expect(JSON.parse((await serve(argv)).stdout())).toEqual({
      url: 'https://scim.example.com/scim/v2',
      adminUrl: 'https://scim.example.com/admin',
    });
  });

  test('rotates a token, which the command line made', async () => {
    const { admin, base, makeToken, scimJson } = await useRemoteBases();
    const rotator = await makeToken('--label', 'rotator', '--scope', 'tokens:rotate');
    const { credentials } = (await scimJson(['token', 'list'])) as { credentials: { id: string; label: string }[] };
    const id = credentials.find(({ label }) => label === 'nightly')?.id;
    const answer = await fetch(`${admin}/tokens/rotate`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rotator}`, 'content-type': 'application/json' },
      body: JSON.stringify({ id }),
    });
    expect(answer.status).toBe(201);
    const { token } = (await answer.json()) as { token: string };
    expect((await base(['begin'], { secret: token })).exitCode).toBe(0);
  });
});
