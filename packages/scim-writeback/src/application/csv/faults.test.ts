import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, cp, link, lstat, mkdtemp, open, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import type { ApplicationOperation } from '../../directory/write-back.ts';
import type { KeptEdit } from './file/replace-file.ts';
import { call, csvApplication, newUser, shopFiles, user } from './test-csv-application.ts';

const script = fileURLToPath(new URL('test-crash-apply.ts', import.meta.url));
const clean = ['.oaa-write-back', 'grants.csv', 'teams.csv', 'users.csv'];

const deletion: ApplicationOperation = { type: 'delete-user', before: user('jane') };
const creation: ApplicationOperation = { type: 'create-user', after: newUser('ada', { title: 'CEO' }) };
const withoutJane = {
  'users.csv': 'login,mail,title,active,teams,note\nkim,,,no,,\n',
  'grants.csv': 'kind,holder,right\nteam,Sales,sell\nuser,kim,sell\n',
};
const withAda = { ...shopFiles, 'users.csv': `${shopFiles['users.csv']}ada,,CEO,yes,,new\n` };

function start(folder: string, operations: readonly ApplicationOperation[], step = '', way = 'kill', shell = '') {
  const command = [
    process.execPath,
    '--conditions=@oaa-kit/source',
    script,
    folder,
    JSON.stringify(operations),
    step,
    way,
  ];
  const child =
    shell === ''
      ? spawn(process.execPath, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('bash', ['-c', `${shell}; exec "$@"`, 'bash', ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
  const closed = once(child, 'close');
  const lines = createInterface({ input: child.stdout });
  return { child, closed, lines, next: () => lines[Symbol.asyncIterator]().next() };
}

async function shopFolder(files: Readonly<Record<string, string>> = shopFiles): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-csv-'));
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  return folder;
}

/** The files as a process leaves them that is killed at a step: all that it has done by then, and nothing of the rest. */
async function leftAt(step: string, operation: ApplicationOperation): Promise<string> {
  const folder = await shopFolder();
  const left = `${folder}-left`;
  const { apply } = await csvApplication({}, undefined, {
    folder,
    // But for the lock, which ends with its process.
    step: (name) =>
      name === step
        ? cp(folder, left, { recursive: true, preserveTimestamps: true, filter: (file) => basename(file) !== 'lock' })
        : undefined,
  });
  expect(await apply(operation, JSON.stringify(operation))).toMatchObject({ type: 'applied' });
  await rm(folder, { recursive: true });
  await rename(left, folder);
  return folder;
}

describe('a process that is killed leaves all of a change or nothing of it, once the next one has begun', () => {
  test.each(
    [
      { operation: deletion, after: withoutJane },
      { operation: creation, after: withAda },
    ].flatMap((change) => [
      ...['staged', 'before journal'].map((step) => ({ ...change, step, left: 'nothing' })),
      ...['journal', 'renamed 1', 'renamed 2', 'done'].map((step) => ({ ...change, step, left: 'all' })),
    ]),
  )('$operation.type, at "$step": $left', async ({ operation, after, step, left }) => {
    const folder = await leftAt(step, operation);
    const { adapter, file, names } = await csvApplication({}, undefined, { folder });
    const key = JSON.stringify(operation);
    // The start removes what is of no use any more; what has begun is finished by whatever comes next.
    if (left === 'nothing' || step === 'done') await adapter.check();
    else await adapter.probe(deletion, call('another'));
    for (const [name, content] of Object.entries(left === 'all' ? after : shopFiles)) {
      expect(await file(name)).toBe(content);
    }
    expect(await adapter.probe(operation, call(key))).toMatchObject({
      type: left === 'all' ? 'applied' : 'not-applied',
    });
    expect(await adapter.apply(operation, call(key))).toMatchObject({ type: 'applied' });
    for (const [name, content] of Object.entries(after)) expect(await file(name)).toBe(content);
    expect(await names()).toEqual(clean);
  });

  test('also where one of the files was edited by hand in between: the edit and the change are both there', async () => {
    const folder = await shopFolder();
    const { closed } = start(folder, [deletion], 'renamed 1');
    expect((await closed)[1]).toBe('SIGKILL');
    await appendFile(join(folder, 'grants.csv'), 'user,jane,edit\nuser,kim,edit\n');
    const { adapter, file, names } = await csvApplication({}, undefined, { folder });
    await adapter.check();
    expect(await file('users.csv')).toBe(withoutJane['users.csv']);
    expect(await file('grants.csv')).toBe(`${withoutJane['grants.csv']}user,kim,edit\n`);
    expect(await names()).toEqual(clean);
  });
});

describe('an edit that was made in the instant in which a process died', () => {
  /** The journal of a deletion that died with both files staged. */
  async function died() {
    const folder = await leftAt('journal', deletion);
    const journal = JSON.parse(await readFile(join(folder, '.oaa-write-back', 'journal.json'), 'utf8'));
    const { path, staged } = journal.changes[0];
    return { folder, path, staged, replaced: staged.replace(/(?=\.oaa-write-back$)/, '.replaced') };
  }

  test('before a file got its next state is in it', async () => {
    const { folder, path, replaced } = await died();
    await link(path, replaced);
    await appendFile(path, 'bob,,,yes,,by hand\n');
    const { adapter, file, names } = await csvApplication({}, undefined, { folder });
    await adapter.probe(creation, call('another'));
    expect(await file('users.csv')).toBe(`${withoutJane['users.csv']}bob,,,yes,,by hand\n`);
    expect(await file('grants.csv')).toBe(withoutJane['grants.csv']);
    expect(await names()).toEqual(clean);
  });

  test.each([
    ['after it got that', (path: string, staged: string) => rename(staged, path)],
    [
      'while it was put back',
      async (path: string, staged: string) => {
        await rename(staged, path);
        await link(path, staged);
      },
    ],
  ])('%s is beside it', async (_when, die) => {
    const { folder, path, staged, replaced } = await died();
    await link(path, replaced);
    await die(path, staged);
    await appendFile(replaced, 'bob,,,yes,,by hand\n');
    const kept: KeptEdit[] = [];
    const { adapter, file, names } = await csvApplication({}, undefined, {
      folder,
      onKeptEdit: (edit) => kept.push(edit),
    });
    await adapter.probe(creation, call('another'));
    expect(await file('users.csv')).toBe(withoutJane['users.csv']);
    expect(await file('grants.csv')).toBe(withoutJane['grants.csv']);
    const aside = basename(kept[0]?.keptAs ?? '');
    expect(await names()).toEqual([...clean, aside]);
    expect(await file(aside)).toBe(`${shopFiles['users.csv']}bob,,,yes,,by hand\n`);
  });
});

test('a row that somebody adds by hand after a crash is not taken for the one that was to be added', async () => {
  const folder = await shopFolder();
  await start(folder, [creation], 'journal').closed;
  await appendFile(join(folder, 'users.csv'), 'ada,,another one,yes,,\n');
  const { adapter, apply, file, names } = await csvApplication({}, undefined, { folder });
  await adapter.check();
  expect(await apply(creation, JSON.stringify(creation))).toMatchObject({ type: 'refused', kind: 'conflict' });
  expect(await file('users.csv')).toBe(`${shopFiles['users.csv']}ada,,another one,yes,,\n`);
  expect(await apply(deletion)).toEqual({ type: 'applied' });
  expect(await names()).toEqual(clean);
});

describe('a file that somebody edits while it is written', () => {
  test.each(['staged', 'journal', 'renamed 1'])('keeps the edit and gets the change (edited at "%s")', async (step) => {
    let edits = 0;
    const folder = await shopFolder();
    const { apply, file, names } = await csvApplication({}, undefined, {
      folder,
      step: async (name) => {
        if (name !== step || edits > 0) return;
        edits += 1;
        await appendFile(join(folder, 'grants.csv'), 'user,jane,edit\nuser,kim,edit\n');
      },
    });
    expect(await apply(deletion)).toEqual({ type: 'applied' });
    expect(await file('users.csv')).toBe(withoutJane['users.csv']);
    expect(await file('grants.csv')).toBe(`${withoutJane['grants.csv']}user,kim,edit\n`);
    expect(await names()).toEqual(clean);
  });

  /** Writes behind the last look at a file, as an editor does that has it open: into the state that is being replaced. */
  async function editLate(at: string, more = async (_folder: string) => {}) {
    const folder = await shopFolder();
    await using editor = await open(join(folder, 'users.csv'), 'a');
    const kept: KeptEdit[] = [];
    let edits = 0;
    const application = await csvApplication({}, undefined, {
      folder,
      onKeptEdit: (edit) => kept.push(edit),
      step: async (name) => {
        if (name !== at || edits > 0) return;
        edits += 1;
        await editor.appendFile('bob,,,yes,,by hand\n');
        await more(folder);
      },
    });
    expect(await application.apply(deletion)).toEqual({ type: 'applied' });
    if (at === 'acknowledged') await editor.appendFile('bob,,,yes,,by hand\n');
    await application.adapter.close();
    return { ...application, kept };
  }

  test('keeps an edit that comes while its next state gets the name, and gets the change', async () => {
    const { file, names, kept } = await editLate('renamed 1');
    expect(await file('users.csv')).toBe(`${withoutJane['users.csv']}bob,,,yes,,by hand\n`);
    expect(await file('grants.csv')).toBe(withoutJane['grants.csv']);
    expect(await names()).toEqual(clean);
    expect(kept).toEqual([]);
  });

  test('keeps one of two edits that come then beside the file, and says so', async () => {
    const { file, names, kept } = await editLate('renamed 1', (folder) =>
      appendFile(join(folder, 'users.csv'), 'eve,,,yes,,another hand\n'),
    );
    expect(await file('users.csv')).toBe(`${withoutJane['users.csv']}bob,,,yes,,by hand\n`);
    expect(kept).toEqual([expect.objectContaining({ path: expect.stringMatching(/users\.csv$/) })]);
    const aside = basename(kept[0]?.keptAs ?? '');
    expect(await names()).toEqual([...clean, aside]);
    expect(await file(aside)).toBe(`${withoutJane['users.csv']}eve,,,yes,,another hand\n`);
  });

  test.each(['renamed 3', 'acknowledged'])(
    'keeps an edit that comes when all the rest is done beside the file, and says so (edited at "%s")',
    async (at) => {
      const { file, names, kept } = await editLate(at);
      expect(await file('users.csv')).toBe(withoutJane['users.csv']);
      const aside = basename(kept[0]?.keptAs ?? '');
      expect(aside).toMatch(/^users\.csv\.edited-/);
      expect(await names()).toEqual([...clean, aside]);
      expect(await file(aside)).toBe(`${shopFiles['users.csv']}bob,,,yes,,by hand\n`);
    },
  );

  test('again and again is left alone after some tries: it is not known to be done, and was not', async () => {
    let edits = 0;
    const folder = await shopFolder();
    const { apply, file, names } = await csvApplication({}, undefined, {
      folder,
      step: async (name) => {
        if (name !== 'staged') return;
        edits += 1;
        await appendFile(join(folder, 'users.csv'), `u${edits},,,yes,,\n`);
      },
    });
    expect(await apply(creation)).toEqual({
      type: 'unknown',
      reason: expect.stringContaining('changed by somebody else'),
    });
    expect(await file('users.csv')).toBe(
      `${shopFiles['users.csv']}${[1, 2, 3, 4, 5].map((edit) => `u${edit},,,yes,,\n`).join('')}`,
    );
    expect(await names()).toEqual(clean);
  });
});

async function all(lines: AsyncIterable<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const line of lines) found.push(line);
  return found;
}

describe('two processes', () => {
  test('that write the same files lose nothing of each other', async () => {
    const folder = await shopFolder();
    const operations = (process: number) =>
      Array.from(
        { length: 8 },
        (_, index) => ({ type: 'create-user', after: newUser(`p${process}-${index}`) }) as const,
      );
    const children = [1, 2].map((process) => start(folder, operations(process)));
    const answers = await Promise.all(children.map(({ lines }) => all(lines)));
    expect(answers.flat().map((line) => JSON.parse(line).type)).toEqual(Array(16).fill('applied'));
    const { read } = await csvApplication({}, undefined, { folder });
    const expected = [
      'jane',
      'kim',
      ...[1, 2].flatMap((process) => operations(process).map(({ after }) => after.attributes.userName)),
    ];
    expect((await read()).users.map(({ name }) => name).sort()).toEqual(expected.sort());
  });

  test('wait for each other no longer than they may, and say who writes; a killed one is not waited for', async () => {
    const folder = await shopFolder();
    const { child, closed, next } = start(folder, [creation], 'staged', 'stop');
    expect(await next()).toEqual({ done: false, value: 'at staged' });
    const { apply, file } = await csvApplication({}, undefined, { folder, lockTimeoutMs: 50 });
    expect(await apply(deletion)).toEqual({
      type: 'unknown',
      reason: expect.stringContaining(`"process":${child.pid}`),
    });
    expect(await file('users.csv')).toBe(shopFiles['users.csv']);
    child.kill('SIGKILL');
    await closed;
    expect(await apply(deletion)).toEqual({ type: 'applied' });
  });
});

describe('where the files cannot be written, they stay as they are', () => {
  test('on a full disk', async () => {
    const rows = Array.from({ length: 600 }, (_, index) => `u${index},,"a title that is long enough",yes,,\n`).join('');
    const folder = await shopFolder({ ...shopFiles, 'users.csv': shopFiles['users.csv'] + rows });
    // No file may be larger than 16 KiB; without the trap the process would be killed for it.
    const { next, closed } = start(folder, [creation], '', '', "trap '' XFSZ; ulimit -f 16");
    const { value } = await next();
    expect(JSON.parse(value ?? '')).toEqual({
      type: 'unknown',
      reason: 'a file would be larger than files may be here',
    });
    await closed;
    const { file, names } = await csvApplication({}, undefined, { folder });
    expect(await file('users.csv')).toBe(shopFiles['users.csv'] + rows);
    expect(await names()).toEqual(clean);
  });

  test('where a file is missing, or a column of it, or it is no CSV', async () => {
    const { apply, folder, file, names } = await csvApplication();
    await rm(join(folder, 'grants.csv'));
    expect(await apply(deletion)).toEqual({ type: 'unknown', reason: 'a file or its folder does not exist' });
    await writeFile(join(folder, 'grants.csv'), 'kind,who\n');
    expect(await apply(deletion)).toEqual({ type: 'applied' });
    await writeFile(join(folder, 'grants.csv'), 'kind,who\nuser,kim\n');
    expect(await apply({ type: 'delete-user', before: user('kim') })).toEqual({
      type: 'unknown',
      reason: 'grants.csv has no column "holder"',
    });
    await writeFile(join(folder, 'grants.csv'), 'kind,holder\nuser,bo\nuser,"kim\n');
    expect(await apply({ type: 'delete-user', before: user('kim') })).toEqual({
      type: 'unknown',
      reason: 'grants.csv:3: a quote is opened and never closed',
    });
    expect(await file('users.csv')).toBe(withoutJane['users.csv']);
    expect(await names()).toEqual(clean);
  });

  test('where nobody waits any more', async () => {
    const { adapter, file } = await csvApplication();
    const signal = AbortSignal.abort();
    const answer = await adapter.apply(creation, { idempotencyKey: 'key', attempt: 1, signal });
    expect(answer).toEqual({ type: 'unknown', reason: 'nobody waited for it any more' });
    expect(await file('users.csv')).toBe(shopFiles['users.csv']);
  });

  test('where the time is over before its turn comes: no file is read for it', async () => {
    const [free, overdue] = [Promise.withResolvers<void>(), new AbortController()];
    const steps: string[] = [];
    const { adapter, apply } = await csvApplication({}, undefined, {
      folder: await shopFolder(),
      step: (name) => {
        steps.push(name);
        return name === 'staged' ? free.promise : undefined;
      },
    });
    const first = apply(deletion);
    const second = adapter.apply(creation, { idempotencyKey: 'key', attempt: 1, signal: overdue.signal });
    overdue.abort(new DOMException('The application did not answer in time.', 'TimeoutError'));
    free.resolve();
    expect(await first).toEqual({ type: 'applied' });
    expect(await second).toEqual({ type: 'unknown', reason: 'nobody waited for it any more' });
    expect(steps.filter((name) => name === 'staged')).toHaveLength(1);
  });
});

test('a name that is a link stays one: the file behind it is written', async () => {
  const folder = await shopFolder();
  const { apply, file } = await csvApplication({}, undefined, { folder });
  await writeFile(join(folder, 'real.csv'), shopFiles['users.csv']);
  await rm(join(folder, 'users.csv'));
  await symlink('real.csv', join(folder, 'users.csv'));
  expect(await apply(creation)).toMatchObject({ type: 'applied' });
  expect((await lstat(join(folder, 'users.csv'))).isSymbolicLink()).toBe(true);
  expect(await file('real.csv')).toBe(withAda['users.csv']);
});
