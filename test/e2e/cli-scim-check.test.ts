import { createServer, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';
import { useScimCommands } from '../support/scim-commands.ts';

const token = '3f9a1c7be0d24586a7c1f0be93d25e4768cc01ab';
const password = 'Tr0ub4dor&3-horse';

/** A service with an empty directory, and `oaa scim check` on it, or on what stands in front of it. */
async function useCheck() {
  const { serve, folder } = await useScimCommands();
  const secrets = ['--token', 'env:GIVEN', '--basic-user', 'veza', '--basic-password', 'env:HIDDEN'];
  const { url } = await serve(secrets, { GIVEN: token, HIDDEN: password });
  return {
    url,
    checkAt: (at: string, ...argv: string[]) =>
      captureCli(['scim', 'check', at, ...argv], { cwd: folder, env: { SCIM_TOKEN: token, HIDDEN: password } }),
  };
}

/** Stands in front of a service and empties groups: `remove` loses its value. Gives the URL. */
async function emptyingGroups(url: string): Promise<string> {
  const front = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk);
    const text = Buffer.concat(chunks).toString('utf8');
    const emptied = text.replace(/("op":"remove","path":"members"),"value":\[[^\]]*\]/, '$1');
    const { 'content-length': _, host: __, ...headers } = incoming.headers;
    const through = httpRequest(new URL(incoming.url ?? '/', url), { method: incoming.method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    through.end(emptied);
  });
  await new Promise<void>((resolve) => front.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    front.closeAllConnections();
    front.close();
  });
  const { pathname } = new URL(url);
  return `http://127.0.0.1:${(front.address() as AddressInfo).port}${pathname}`;
}

describe('oaa scim check', () => {
  test('says of each requirement what became of it, and how to put it right: exit 7 when one is not met', async () => {
    const { url, checkAt } = await useCheck();
    const good = await checkAt(url, '--extension-schemas');
    expect([good.exitCode, good.stderr], good.stdout).toEqual([0, '']);
    const lines = good.stdout.trim().split('\n');
    expect(lines.slice(0, -2).filter((line) => !/^ok {9}[a-z-]+ +\S/.test(line))).toEqual([]);
    expect(lines).toContain('ok         member-remove             A user is removed from a group, and nobody else');
    expect(lines.at(-1)).toMatch(/has what a tenant needs of it: \d+ ok, 0 failed, 0 warnings, 0 not tried[.]$/);

    const bad = await checkAt(await emptyingGroups(url));
    expect([bad.exitCode, bad.stderr], bad.stdout).toEqual([7, '']);
    const shown = bad.stdout.split('\n');
    const at = shown.findIndex((line) => line.startsWith('FAILED '));
    expect(shown.slice(at, at + 3)).toEqual([
      'FAILED     member-remove             A user is removed from a group, and nobody else',
      '           a remove with the value of one member has emptied the group',
      expect.stringMatching(/^ {11}Fix: Take .* and remove only who is in value[.]/),
    ]);
    expect(bad.stdout).toMatch(/ {11}> PATCH \/Groups\/\S+ .*"op":"remove"/);
    expect(bad.stdout).toMatch(/ {11}< 204\n/);
    expect(shown.filter((line) => line.startsWith('FAILED '))).toHaveLength(1);
  });

  test('gives the report with --json, and reads only when it is told so', async () => {
    const { url, checkAt } = await useCheck();
    const basic = ['--basic-user', 'veza', '--basic-password', 'env:HIDDEN'];
    const { exitCode, stdout, stderr } = await checkAt(url, '--json', '--read-only', ...basic);
    expect([exitCode, stderr]).toEqual([0, '']);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ format: 'oaa-scim-check', version: 1, url, readOnly: true, outcome: 'passed' });
    const statuses = new Set(report.results.map(({ status }: { status: string }) => status));
    expect(statuses).toEqual(new Set(['passed', 'not-tried']));
  });

  test('exits with 6 when nobody answers, with 2 for a URL that it does not send a credential to', async () => {
    const { checkAt } = await useCheck();
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    const silent = await checkAt(`http://127.0.0.1:${port}/scim/v2`);
    expect([silent.exitCode, silent.stderr]).toEqual([6, '']);
    expect(silent.stdout).toMatch(/^no answer {2}credential-accepted/);
    expect(silent.stdout).toMatch(/cannot be reached from here: 0 ok, 0 failed/);
    const open = await checkAt('http://scim.example.com/scim/v2');
    expect([open.exitCode, open.stdout]).toEqual([2, '']);
    expect(open.stderr).toContain('Correct the URL');
  });

  test('shows no credential, also of one that is refused', async () => {
    const { url, checkAt } = await useCheck();
    const wrong = await checkAt(url, '--basic-user', 'nobody', '--basic-password', 'env:HIDDEN', '--debug');
    expect(wrong.exitCode).toBe(7);
    expect(wrong.stdout).toContain('the credential is refused: HTTP 401');
    const texts = wrong.stdout + wrong.stderr;
    for (const secret of [token, password, Buffer.from(`nobody:${password}`).toString('base64')]) {
      expect(texts).not.toContain(secret);
    }
  });
});
