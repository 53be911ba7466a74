import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import { makeTestChange, type TestChange } from './test-change.ts';
import { RemoteAdapter } from './test-remote-adapter.ts';
import { WriteBackDirectory } from './write-back-directory.ts';

const applicationScript = fileURLToPath(new URL('test-file-application.ts', import.meta.url));
const nodeScript = fileURLToPath(new URL('test-crash-node.ts', import.meta.url));
const everything = { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 100 } };

function start(script: string, args: readonly string[]) {
  return spawn(process.execPath, ['--conditions=@oaa-kit/source', script, ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

/** Starts the application until the test ends; gives its URL. */
async function startApplication(file: string, repeatable: boolean): Promise<string> {
  const child = start(applicationScript, [file, String(repeatable)]);
  onTestFinished(() => void child.kill());
  for await (const line of createInterface({ input: child.stdout })) return line;
  throw new Error('The application did not start.');
}

/** Lets a process make a change in which it is killed. */
async function crashIn(settings: object): Promise<void> {
  const child = start(nodeScript, [JSON.stringify(settings)]);
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
}

/** Changes in which the process is killed; the others are only made. CRASH_CHANGES=all before a release. */
const crashing: Readonly<Record<'true' | 'false', readonly TestChange['type'][]>> =
  process.env.CRASH_CHANGES === 'all'
    ? {
        true: ['create-user', 'create-group', 'deactivate-user', 'delete-user'],
        false: ['create-user', 'create-group', 'deactivate-user', 'delete-user'],
      }
    : { true: ['create-user', 'delete-user'], false: ['create-group', 'deactivate-user'] };

const points = ['after tx1', 'before the call', 'during the call', 'after the call', 'before tx2'] as const;

test.each(points.flatMap((crash) => [false, true].map((repeatable) => ({ crash, repeatable }))))(
  'a process killed $crash (repeatable: $repeatable) leaves application, directory and change log in agreement',
  { timeout: 60_000 },
  async ({ crash, repeatable }) => {
    const file = await temporaryFile();
    const held = `${file}.application.json`;
    const url = await startApplication(held, repeatable);
    const directory = await sqliteStore(file).open();
    await directory.organizations.create({ id: 'acme', name: 'Acme' });
    const plain = directory.organization('acme');
    const intents = directory.intents('acme');
    const acme = new WriteBackDirectory(plain, intents, {
      adapter: new RemoteAdapter(url, repeatable),
      leaseMs: 300,
      recoverEveryMs: 20,
    });
    acme.start();
    onTestFinished(async () => {
      await acme.close();
      await directory.close();
    });

    const change = async (wanted: TestChange) => {
      if (!crashing[`${repeatable}`].includes(wanted.type)) {
        await makeTestChange(acme, wanted);
        return;
      }
      await crashIn({ file, url, repeatable, crash, change: wanted });
      // The process is dead; this one takes over what it left.
      await vi.waitFor(async () => expect(await intents.list()).toEqual([]), { timeout: 20_000, interval: 20 });
    };
    await change({ type: 'create-user', userName: 'jane' });
    const [jane] = (await plain.list('User', everything)).resources;
    const id = jane?.id ?? '';
    await change({ type: 'create-group', displayName: 'Team', memberIds: [id] });
    const [team] = (await plain.list('Group', everything)).resources;
    expect((await plain.members(team?.id ?? '', undefined, 10)).map((member) => member.id)).toEqual([id]);
    await change({ type: 'deactivate-user', id });
    expect(JSON.parse(await readFile(held, 'utf8'))).toMatchObject({
      users: { [`native-${id}`]: { userName: 'jane', active: false } },
      groups: { [`native-${team?.id}`]: { name: 'Team', members: [`native-${id}`] } },
    });
    await change({ type: 'delete-user', id });

    expect(JSON.parse(await readFile(held, 'utf8'))).toEqual({
      users: {},
      groups: { [`native-${team?.id}`]: { name: 'Team', members: [] } },
      effects: [
        'create-user jane',
        'create-group Team',
        'add-members Team: jane',
        'deactivate-user jane',
        'delete-user jane',
      ],
    });
    const log = (await plain.changes(0, 100)).map(({ revision, operation, kind, facts }) => [
      revision,
      operation,
      kind,
      facts.membersAdded ?? facts.groupsLeft ?? [],
    ]);
    expect(log).toEqual([
      [1, 'create', 'User', []],
      [2, 'create', 'Group', [id]],
      [3, 'update', 'User', []],
      [4, 'delete', 'User', [team?.id]],
    ]);
    expect((await plain.list('User', everything)).totalResults).toBe(0);
    expect(await plain.members(team?.id ?? '', undefined, 10)).toEqual([]);
  },
);
