import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { manifestOf, useRegistrarCommands } from '../support/registrar-commands.ts';
import { scimToken } from '../support/scim-service.ts';

const apply = ['registrar', 'apply', '-f', 'provider.yaml', '--yes'];

async function bodyOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A SCIM service that cannot delete what is below some paths, in front of one that can. */
async function withoutDelete(target: string, paths: RegExp): Promise<string> {
  const origin = new URL(target).origin;
  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = 'GET', url = '/', headers } = request;
    const body = await bodyOf(request);
    if (method === 'DELETE' && paths.test(url)) {
      response.writeHead(501, { 'content-type': 'application/scim+json' });
      response.end('{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"501"}');
      return;
    }
    const { authorization = '', 'content-type': type } = headers;
    const answer = await fetch(`${origin}${url}`, {
      method,
      headers: { authorization, ...(type === undefined ? {} : { 'content-type': type }) },
      ...(body.length === 0 ? {} : { body }),
    });
    const location = answer.headers.get('location');
    response.writeHead(answer.status, {
      'content-type': answer.headers.get('content-type') ?? 'application/scim+json',
      ...(location === null ? {} : { location }),
    });
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((done) => {
    server.listen(0, '127.0.0.1', done);
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return `http://127.0.0.1:${port}${new URL(target).pathname}`;
}

async function groupsAt(scimUrl: string): Promise<readonly string[]> {
  const answer = await fetch(`${scimUrl}/Groups`, { headers: { authorization: `Bearer ${scimToken}` } });
  const { Resources } = (await answer.json()) as { Resources: readonly { displayName: string; id: string }[] };
  return Resources.map(({ displayName, id }) => `Group ${displayName} (id ${id})`).toSorted();
}

/** The names behind the last colon of the line that tells what is left. */
function leftIn(text: string, url: string): readonly string[] {
  const line = text.split('\n').find((one) => one.includes(`Delete at ${url} by hand: `)) ?? '';
  return line
    .slice(line.indexOf('by hand: ') + 'by hand: '.length)
    .replace(/\.$/, '')
    .split(', ')
    .toSorted();
}

test('what the check could not delete is told by name, in the JSON too', async () => {
  const { oaa, json, write, scimUrl } = await useRegistrarCommands();
  const url = await withoutDelete(scimUrl, /\/Groups\//);
  await write('provider.yaml', manifestOf(url));
  const { exitCode, stdout } = await oaa(apply);
  expect(exitCode).toBe(0);
  expect(leftIn(stdout, url)).toEqual(await groupsAt(scimUrl));

  await write('provider.yaml', `${manifestOf(url)}\ninternal_app_name: other\n`);
  expect(await json(apply)).toMatchObject({ apply: { outcome: 'done', checks: [], notes: [] } });
  const before = await groupsAt(scimUrl);
  await write('provider.yaml', manifestOf(url, 'options: { configuration_json: { more: true } }'));
  const { apply: report } = (await json(apply)) as { apply: { notes: readonly string[] } };
  const after = await groupsAt(scimUrl);
  expect(leftIn(report.notes.join('\n'), url)).toEqual(after.filter((group) => !before.includes(group)));
});

test('what the check could not delete is told of a registration that it stops', async () => {
  const { oaa, json, write, scimUrl, sandbox } = await useRegistrarCommands();
  const url = await withoutDelete(scimUrl, /./);
  await write('provider.yaml', manifestOf(url));
  const { exitCode, stderr } = await oaa(apply);
  expect(exitCode).toBe(8);
  expect(leftIn(stderr, url)).toEqual(expect.arrayContaining([...(await groupsAt(scimUrl))]));
  expect(leftIn(stderr, url)).toEqual(expect.arrayContaining([expect.stringMatching(/^User oaa-kit-check-/)]));
  const before = await groupsAt(scimUrl);
  const { error } = (await json(apply)) as { error: { message: string } };
  const after = await groupsAt(scimUrl);
  expect(leftIn(error.message, url)).toEqual(expect.arrayContaining(after.filter((group) => !before.includes(group))));
  expect(sandbox.providers()).toEqual([]);
});

test('what a read-only check does not try is one line, and a list in the JSON', async () => {
  const { oaa, json, write, scimUrl } = await useRegistrarCommands();
  await write('provider.yaml', manifestOf(scimUrl));
  const { exitCode, stderr } = await oaa([...apply, '--check-read-only']);
  expect(exitCode).toBe(0);
  const [, count] = /^ {2}not tried {2}(\d+) requirements, which --json lists$/m.exec(stderr) ?? [];
  expect(stderr.match(/not tried/g)).toHaveLength(1);
  await write('provider.yaml', manifestOf(scimUrl, 'options: { configuration_json: { more: true } }'));
  const document = (await json([...apply, '--check-read-only'])) as {
    apply: { checks: readonly { report: { results: readonly { status: string }[] } }[] };
  };
  const results = document.apply.checks[0]?.report.results ?? [];
  expect(results.filter(({ status }) => status === 'not-tried')).toHaveLength(Number(count));
});
