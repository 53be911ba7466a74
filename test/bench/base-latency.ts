// How long a SCIM GET waits while the first base of 100,000 users is submitted through the administration API of the same
// service, and how long a change waits. Service and clients are processes of their own:
//   node --conditions=@oaa-kit/source test/bench/base-latency.ts
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { createAuthenticator, issueToken, startScimServer } from '@oaa-kit/scim-writeback/server';
import { buildApplication } from './build-application.ts';

const betweenRequestsMs = 5;

interface Service {
  readonly url: string;
  readonly admin: string;
  readonly scimToken: string;
  readonly baseToken: string;
}

/** The base goes to one organization, requests to another: the first one has nobody before it is there. */
async function serve(file: string): Promise<void> {
  const directory = await openSqliteDirectory({
    file,
    userSchema: new ResourceSchema(userResourceType),
    groupSchema: new ResourceSchema(groupResourceType),
  });
  for (const id of ['large', 'small']) await directory.organizations.create({ id, name: id });
  const now = new Date().toISOString();
  const scim = { organization: 'small', label: 'tenant', scopes: ['scim:read', 'scim:write'] } as const;
  const base = { organization: 'large', label: 'connector', scopes: ['base:write'] } as const;
  const { token: scimToken } = await issueToken(directory.credentials, scim, now);
  const { token: baseToken } = await issueToken(directory.credentials, base, now);
  const authenticator = await createAuthenticator({ credentials: directory.credentials });
  const log = { write: () => undefined };
  const server = await startScimServer({ directory, authenticator, port: 0, adminPath: '/admin', log });
  process.on('disconnect', () => void server.close().then(() => directory.close()));
  const admin = `http://127.0.0.1:${server.port}/admin`;
  process.send?.({ url: server.url, admin, scimToken, baseToken } satisfies Service);
}

/** Sends the text of a base. Gives how long it took. */
async function submit({ admin, baseToken }: Service): Promise<number> {
  const body = Array.from(buildApplication().jsonChunks()).join('');
  process.send?.('ready');
  await once(process, 'message');
  const start = performance.now();
  const headers = { authorization: `Bearer ${baseToken}`, 'content-type': 'application/json' };
  const response = await fetch(`${admin}/bases`, { method: 'POST', headers, body });
  const text = await response.text();
  if (response.status !== 200) throw new Error(`${response.status} ${text.slice(0, 1000)}`);
  return performance.now() - start;
}

function percentile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN).toFixed(1);
}

function line(name: string, times: readonly number[]): string {
  const sorted = times.toSorted((left, right) => left - right);
  return `  ${name.padEnd(28)} ${sorted.length} requests; median ${percentile(sorted, 0.5)} ms, p99 ${percentile(sorted, 0.99)} ms, longest ${percentile(sorted, 1)} ms`;
}

/** Sends one request after the other until it is told to stop. Gives how long each took. */
async function repeat(request: () => Promise<Response>, isOver: () => boolean): Promise<readonly number[]> {
  const times: number[] = [];
  while (!isOver()) {
    const start = performance.now();
    const response = await request();
    await response.text();
    if (!response.ok) throw new Error(`${response.status}`);
    times.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, betweenRequestsMs));
  }
  return times;
}

const script = fileURLToPath(import.meta.url);
const [role, parameter = ''] = process.argv.slice(2);

async function run(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-bench-latency-'));
  const service = fork(script, ['service', join(folder, 'scim.db')]);
  try {
    const [started] = (await once(service, 'message')) as [Service];
    const headers = { authorization: `Bearer ${started.scimToken}`, 'content-type': 'application/scim+json' };
    const created = await fetch(`${started.url}/Users`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'], userName: 'jane' }),
    });
    const { id } = (await created.json()) as { readonly id: string };
    const get = () => fetch(`${started.url}/Users/${id}`, { headers });
    const until = Date.now() + 5_000;
    const quiet = await repeat(get, () => Date.now() > until);
    const submitter = fork(script, ['submitter', JSON.stringify(started)]);
    await once(submitter, 'message');
    submitter.send('go');
    let submitted: number | undefined;
    submitter.on('message', (milliseconds) => {
      submitted = Number(milliseconds);
    });
    submitter.on('exit', (code) => {
      if (code !== 0) submitted ??= Number.NaN;
    });
    const busy = await repeat(get, () => submitted !== undefined);
    const lines = [
      `A base of 100,000 users, submitted in ${submitted?.toFixed(0)} ms`,
      line('GET before it', quiet),
      line('GET while it is submitted', busy),
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
  } finally {
    service.disconnect();
    await once(service, 'exit');
    await rm(folder, { recursive: true });
  }
}

if (role === 'service') await serve(parameter);
else if (role === 'submitter') {
  process.send?.(await submit(JSON.parse(parameter) as Service));
  process.disconnect();
} else await run();
