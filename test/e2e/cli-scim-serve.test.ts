import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { oaaEnvironment } from '../support/oaa-command.ts';
import { runProcess } from '../support/run-process.ts';
import { useScimCommands } from '../support/scim-commands.ts';

const givenToken = '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab';
const givenPassword = 'Tr0ub4dor&3-horse';
const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
const basic = (text: string) => ({ authorization: `Basic ${Buffer.from(text).toString('base64')}` });
const user = (userName: string) =>
  JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName });

const status = async (url: string, headers: Record<string, string>) => (await fetch(url, { headers })).status;

const post = (url: string, token: string, body: string) =>
  fetch(`${url}/Users`, {
    method: 'POST',
    headers: { ...bearer(token), 'content-type': 'application/scim+json' },
    body,
  });

describe('oaa scim serve', () => {
  test('prints one line with its URL, serves, and stops with 0; what it was told is there the next time', async () => {
    const { scimJson, serve } = await useScimCommands();
    const { token } = await scimJson(['token', 'create', '--label', 'tenant']);
    const first = await serve([]);
    expect(first.stdout()).toMatch(/^SCIM service listening at http:\/\/127\.0\.0\.1:\d+\/scim\/v2\n$/);
    expect((await post(first.url, String(token), user('kim'))).status).toBe(201);
    expect(await first.stop()).toBe(0);
    await expect(fetch(first.url)).rejects.toThrow();
    const second = await serve(['--json']);
    expect(JSON.parse(second.stdout())).toEqual({ url: second.url });
    const list = await fetch(`${second.url}/Users`, { headers: bearer(String(token)) });
    expect(await list.json()).toMatchObject({ totalResults: 1, Resources: [{ userName: 'kim' }] });
  });

  test('takes a token and a password from references, for an organization that it makes', async () => {
    const { serve, scimJson } = await useScimCommands();
    const env = { GIVEN: givenToken, HIDDEN: givenPassword };
    const secrets = ['--token', 'env:GIVEN', '--basic-user', 'veza', '--basic-password', 'env:HIDDEN'];
    const server = await serve(secrets, env);
    const users = `${server.url}/Users`;
    expect([
      await status(users, bearer(givenToken)),
      await status(users, basic(`veza:${givenPassword}`)),
      await status(users, bearer(`${givenToken}0`)),
      await status(users, basic('veza:wrong')),
      await status(users, {}),
    ]).toEqual([200, 200, 401, 401, 401]);
    const refused = await fetch(users);
    expect(refused.headers.get('www-authenticate')).toBe('Bearer realm="scim", Basic realm="scim", charset="UTF-8"');
    for (const secret of [givenToken, givenPassword]) expect(server.stdout() + server.stderr()).not.toContain(secret);
    expect(await scimJson(['organization', 'list'])).toMatchObject({ organizations: [{ id: 'default' }] });
    expect(await scimJson(['token', 'list'])).toEqual({ credentials: [] });
  });

  test('takes tokens that are made while it runs, and refuses them a second after they were revoked', async () => {
    const { serve, scim, scimJson } = await useScimCommands();
    const server = await serve(['--token', 'env:GIVEN'], { GIVEN: givenToken });
    const users = `${server.url}/Users`;
    await scim(['organization', 'create', 'acme']);
    const { token, credential } = await scimJson(['token', 'create', '--label', 'tenant', '--organization', 'acme']);
    expect(await status(users, bearer(String(token)))).toBe(200);
    await scim(['token', 'revoke', (credential as { id: string }).id, '--organization', 'acme']);
    await expect.poll(() => status(users, bearer(String(token))), { timeout: 5_000 }).toBe(401);
    expect(await status(users, bearer(givenToken))).toBe(200);
  });

  test('keeps organizations apart', async () => {
    const { serve, scim, scimJson } = await useScimCommands();
    const tokens: string[] = [];
    for (const id of ['acme', 'beta']) {
      await scim(['organization', 'create', id]);
      tokens.push(String((await scimJson(['token', 'create', '--label', 'x', '--organization', id])).token));
    }
    const [acme = '', beta = ''] = tokens;
    const { url } = await serve([]);
    const created = await post(url, acme, user('kim'));
    const { id } = (await created.json()) as { id: string };
    expect(await status(`${url}/Users/${id}`, bearer(acme))).toBe(200);
    expect(await status(`${url}/Users/${id}`, bearer(beta))).toBe(404);
    expect((await post(url, beta, user('kim'))).status).toBe(201);
    expect((await post(url, acme, user('KIM'))).status).toBe(409);
  });

  test('a token that may only read changes nothing', async () => {
    const { serve, scimJson } = await useScimCommands();
    const { token } = await scimJson(['token', 'create', '--label', 'audit', '--scope', 'scim:read']);
    const { url } = await serve([]);
    expect((await post(url, String(token), user('kim'))).status).toBe(403);
    expect(await status(`${url}/Users`, bearer(String(token)))).toBe(200);
  });

  test('answers 429 beyond the rate, with the seconds to wait', async () => {
    const { serve } = await useScimCommands();
    const { url } = await serve(['--token', 'env:GIVEN', '--rate-limit', '1'], { GIVEN: givenToken });
    const answers = [];
    for (let request = 0; request < 3; request += 1)
      answers.push(await fetch(`${url}/Users`, { headers: bearer(givenToken) }));
    expect(answers.map((answer) => answer.status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers.get('retry-after')).toBe('1');
  });

  test('answers at the path of its base URL, and gives locations below it', async () => {
    const { serve } = await useScimCommands();
    const argv = ['--token', 'env:GIVEN', '--base-url', 'https://scim.example.com/api/v2'];
    const server = await serve(argv, { GIVEN: givenToken });
    expect(server.url).toBe('https://scim.example.com/api/v2');
    const [, port] = /"port":(\d+)/.exec(server.stderr()) ?? [];
    const created = await post(`http://127.0.0.1:${port}/api/v2`, givenToken, user('kim'));
    expect(created.headers.get('location')).toMatch(/^https:\/\/scim\.example\.com\/api\/v2\/Users\//);
  });

  test.each([
    [[], 404],
    [['--metrics-from', '127.0.0.1'], 200],
  ])('behind a proxy and with %j, the metrics are answered with %i', async (argv, expected) => {
    const { serve } = await useScimCommands();
    const proxied = ['--token', 'env:GIVEN', '--base-url', 'https://scim.example.com/v2', ...argv];
    const server = await serve(proxied, { GIVEN: givenToken });
    const [, port] = /"port":(\d+)/.exec(server.stderr()) ?? [];
    expect(await status(`http://127.0.0.1:${port}/metrics`, {})).toBe(expected);
  });

  test('serves health and metrics beside SCIM', async () => {
    const { serve } = await useScimCommands();
    const { url } = await serve(['--token', 'env:GIVEN'], { GIVEN: givenToken });
    const { origin } = new URL(url);
    await post(url, givenToken, user('kim'));
    expect([await status(`${origin}/healthz`, {}), await status(`${origin}/readyz`, {})]).toEqual([200, 200]);
    const metrics = await (await fetch(`${origin}/metrics`)).text();
    expect(metrics).toContain('scim_directory_resources{organization="default",kind="User"} 1');
  });

  test.each([
    [[], {}, 'There is no database'],
    [['--token', 'env:GIVEN'], { GIVEN: '' }, 'is empty'],
    [['--token', 'env:GIVEN'], { GIVEN: 'hunter2' }, 'fewer than 32 characters'],
    [['--token', 'env:GIVEN'], { GIVEN: 'changeme'.repeat(4) }, 'repeats itself'],
    [['--token', givenToken], {}, 'A secret was expected as a reference'],
    [['--basic-user', 'veza'], {}, '--basic-password'],
    [['--basic-user', 'veza', '--basic-password', 'env:GIVEN'], { GIVEN: 'short' }, 'fewer than 12 characters'],
    [['--token', 'env:GIVEN', '--host', '0.0.0.0'], { GIVEN: givenToken }, '--base-url'],
    [['--token', 'env:GIVEN', '--port', '70000'], { GIVEN: givenToken }, 'Port 70000'],
    [['--token', 'env:GIVEN', '--trusted-proxy', 'proxy'], { GIVEN: givenToken }, '"proxy"'],
    [['--token', 'env:GIVEN', '--rate-limit', '-5'], { GIVEN: givenToken }, '--rate-limit'],
    [['--token', 'env:GIVEN', '--base-url', 'scim.example.com'], { GIVEN: givenToken }, 'base URL'],
    [['--token', 'env:GIVEN', '--mount-path', 'scim'], { GIVEN: givenToken }, 'no path to mount'],
  ])('%j with %j is refused', async (argv, env, message) => {
    const { scim } = await useScimCommands();
    const { exitCode, stdout, stderr } = await scim(['serve', ...argv], env);
    expect([exitCode, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    for (const secret of Object.values<string>({ givenToken, ...env })) {
      if (secret.length > 4) expect(stderr).not.toContain(secret);
    }
  });

  test('does not start on a database without a live credential, and makes none', async () => {
    const { scim, folder } = await useScimCommands();
    await scim(['serve']);
    expect(await readdir(folder)).toEqual([]);
    await scim(['organization', 'create', 'acme']);
    const { exitCode, stderr } = await scim(['serve']);
    expect(exitCode).toBe(2);
    expect(stderr).toContain('No credential could open this service');
    expect(stderr).toContain('oaa scim token create');
  });

  test('as a process it ends with 0 on SIGTERM', async () => {
    const { folder, scim } = await useScimCommands();
    await scim(['token', 'create', '--label', 'tenant']);
    const command = 'exec oaa scim serve --database sqlite:scim.db --port 0';
    const env = await oaaEnvironment(join(folder, 'home'));
    const result = await runProcess('bash', ['-c', command], { cwd: folder, env, stopAt: /listening at http/ });
    expect([result.stopped, result.exitCode], result.stderr).toEqual([true, 0]);
    expect(result.stdout.trim().split('\n')).toHaveLength(1);
  });
});
