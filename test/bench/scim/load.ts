import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import type { ChildCommand, RecordedAnswer } from './child.ts';
import { token } from './people.ts';

export interface Call {
  readonly method: string;
  /** Below the base URL, with the query. */
  readonly path: string;
  readonly body?: string | undefined;
}

/** A server in a process of its own. */
export interface Target {
  readonly url: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

async function ask(child: ChildProcess, command: ChildCommand): Promise<unknown> {
  child.send(command);
  const [answer] = await once(child, 'message');
  return answer;
}

export async function startTarget(command: ChildCommand): Promise<Target> {
  const child = fork(fileURLToPath(new URL('./child.ts', import.meta.url)));
  const url = String(await ask(child, command));
  return {
    url,
    child,
    async stop() {
      child.send({ kind: 'stop' } satisfies ChildCommand);
      await once(child, 'exit');
    },
  };
}

/** Microseconds of CPU that a target has used so far. */
async function cpuOf({ child }: Target): Promise<number> {
  return Number(await ask(child, { kind: 'cpu' }));
}

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** Sends one request and gives the whole answer. */
export function send(target: Target, { method, path, body }: Call): Promise<RecordedAnswer> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/scim+json' }),
    };
    const sent = request(`${target.url}${path}`, { method, agent, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { etag, location, 'content-type': type, 'x-request-id': requestId } = response.headers;
        const named = { etag, location, 'content-type': type, 'x-request-id': requestId };
        resolve({
          method,
          path: path.replace(/\?.*/, ''),
          status: response.statusCode ?? 0,
          headers: Object.fromEntries(
            Object.entries(named).flatMap(([key, value]) => (value ? [[key, String(value)]] : [])),
          ),
          body: Buffer.concat(chunks).toString(),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export interface Load {
  /** Of the server, for each request. */
  readonly cpuMicroseconds: number;
  readonly requestsPerSecond: number;
}

/** Sends `count` requests, `clients` at a time, and says what they cost the server. */
export async function load(
  target: Target,
  count: number,
  clients: number,
  call: (number: number) => Call,
  expected: number,
): Promise<Load> {
  let next = 0;
  const client = async (): Promise<void> => {
    for (let number = next++; number < count; number = next++) {
      const { status, body } = await send(target, call(number));
      if (status !== expected) throw new Error(`${status} instead of ${expected}: ${body.slice(0, 300)}`);
    }
  };
  const cpuBefore = await cpuOf(target);
  const start = performance.now();
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - start) / 1_000;
  return { cpuMicroseconds: ((await cpuOf(target)) - cpuBefore) / count, requestsPerSecond: count / seconds };
}
