import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { UsageError } from '../../errors/index.ts';
import { jsonChunks } from '../../payload/serialise.ts';
import { BadRowsError } from './bad-rows-error.ts';
import { buildPayload, streamPayload } from './map-sources.ts';
import { parseMapping } from './read-mapping.ts';
import { mappingOf, runBoth } from './test-mapping.ts';

const users = 'user: { name: name, isActive: on }';
const bad = (count: number) => `name,on\n${Array.from({ length: count }, (_, index) => `u${index},x\n`).join('')}`;

async function failed(run: Promise<unknown>): Promise<BadRowsError> {
  const error = await run.catch((cause: unknown) => cause);
  if (error instanceof BadRowsError) return error;
  throw new Error(`not a BadRowsError: ${String(error)}`);
}

describe('bad rows', () => {
  test('are counted and listed up to a limit, where reading stops', async () => {
    const { error, said } = await runBoth(mappingOf(users), { 'rows.csv': bad(10) }, { maxBadRows: 3 });
    expect(error?.message).toBe('3 of 3 rows cannot be used. Reading stopped there. Nothing was written.');
    expect(said.length).toBe(3);
  });

  test('that are just as many as the limit do not stop the reading', async () => {
    const { error } = await runBoth(mappingOf(users), { 'rows.csv': bad(3) }, { maxBadRows: 3 });
    expect(error?.message).toBe('3 of 3 rows cannot be used. Nothing was written.');
  });

  test('beyond the limit, which only show at the end, are not counted: the message says so', async () => {
    const rows = `name,on\n${'a,1\nb,2\nc,3\nd,4\n'}`;
    const { error } = await runBoth(
      mappingOf('user: { name: name, groups: on }'),
      { 'rows.csv': rows },
      { maxBadRows: 2 },
    );
    expect(error?.message).toBe('At least 2 of 4 rows cannot be used. Nothing was written.');
  });

  test('have all their reasons, and as many problems are listed as is of use', async () => {
    const groups = Array.from({ length: 50 }, (_, index) => `g${index}`).join(';');
    const map = 'user: { name: name, groups: { column: on, list: ";" } }';
    const { error, said } = await runBoth(mappingOf(map), { 'rows.csv': `name,on\na,${groups}\n` }, { maxBadRows: 2 });
    const { run } = error as BadRowsError;
    expect([run.errors, run.unlisted, said.length]).toEqual([50, 30, 20]);
    expect(run.badRows.get(0)?.get(2)?.reasons.length).toBe(20);
    expect(run.badRows.get(0)?.get(2)?.reasons[0]).toBe('on: There is no group "g0".');
  });

  test('a limit of none is one of one: no problem goes unseen', async () => {
    const { error } = await runBoth(mappingOf(users), { 'rows.csv': bad(2) }, { maxBadRows: 0 });
    expect(error?.message).toBe('1 of 1 rows cannot be used. Reading stopped there. Nothing was written.');
  });

  test('warnings are listed up to the limit, and all counted', async () => {
    const map = 'user: { name: name, groups: { names: on, unknown: warning } }';
    const { wire, said } = await runBoth(mappingOf(map), { 'rows.csv': bad(5) }, { maxBadRows: 2 });
    expect([wire?.applications[0]?.local_users?.length, said.length]).toEqual([5, 2]);
  });
});

describe('a source that cannot be read to its end', () => {
  const mapping = `application: { name: Shop, type: Shop }
sources:
  - { file: a.csv, map: [{ user: { name: name, groups: group } }] }
  - { file: b.csv, map: [{ group: { name: name, createdAt: at } }] }`;

  test('is told with the bad rows of the others, and without what only seems to be missing', async () => {
    const { error, said } = await runBoth(mapping, {
      'a.csv': 'name,group\njane,Ops\njoe,"Ops\n',
      'b.csv': 'name,at\nSales,x\n',
    });
    expect(error?.message).toBe('a.csv cannot be read to the end. 1 of 2 rows cannot be used. Nothing was written.');
    expect(said).toEqual([
      'a.csv:3:group A quote is opened in this row and never closed.',
      'b.csv:2:at "x" is not a date of the form RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss.',
    ]);
  });
});

describe('a run', () => {
  let folder = '';
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'oaa-run-'));
    await mkdir(join(folder, 'temporary'));
    vi.stubEnv('TMPDIR', join(folder, 'temporary'));
  });
  afterEach(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true });
  });
  const many = `name,on\n${Array.from({ length: 2_000 }, (_, index) => `user ${index},yes\n`).join('')}`;
  const left = () => readdir(join(folder, 'temporary'));
  const parse = (items: string) => parseMapping(mappingOf(items), join(folder, 'mapping.yaml'));

  test('reads files beside the mapping', async () => {
    await writeFile(join(folder, 'rows.csv'), many);
    const { rows } = await buildPayload(parse(users));
    expect(rows).toBe(2_000);
  });

  test('tells its progress', async () => {
    await writeFile(join(folder, 'rows.csv'), many);
    const seen: unknown[] = [];
    await buildPayload(parse(users), { onProgress: (progress) => seen.push(progress) });
    expect(seen.at(-1)).toEqual({ file: 'rows.csv', rows: 2_000 });
  });

  test('writes the same payload again and again, until it is closed', async () => {
    await writeFile(join(folder, 'rows.csv'), many);
    const { payload, close } = await streamPayload(parse(users), { memoryBytes: 0 });
    const text = [...jsonChunks(payload)].join('');
    expect([...jsonChunks(payload)].join('')).toBe(text);
    const [half] = jsonChunks(payload);
    expect(text.startsWith(half as string)).toBe(true);
    close();
    close();
    expect(() => [...jsonChunks(payload)]).toThrow('The payload was closed, and its temporary file is gone.');
  });

  test('leaves no temporary file, whether it succeeds, fails, is aborted or is not read to the end', async () => {
    await writeFile(join(folder, 'rows.csv'), many);
    const done = await streamPayload(parse(users), { memoryBytes: 0 });
    for (const _ of jsonChunks(done.payload)) break;
    if (process.platform !== 'win32') expect(await left()).toEqual([]);
    done.close();
    expect(await left()).toEqual([]);

    await writeFile(join(folder, 'rows.csv'), `${many}late,x\n`);
    await failed(streamPayload(parse(users), { memoryBytes: 0 }));
    expect(await left()).toEqual([]);

    await writeFile(join(folder, 'rows.csv'), many.repeat(50));
    const stop = new AbortController();
    const onProgress = () => stop.abort(new Error('enough'));
    const aborted = streamPayload(parse('user: { name: name, conflicts: ignore }'), {
      memoryBytes: 0,
      signal: stop.signal,
      onProgress,
    });
    await expect(aborted).rejects.toThrow('enough');
    expect(await left()).toEqual([]);
  });

  test('that cannot write its temporary file says why, and what to do', async () => {
    await writeFile(join(folder, 'rows.csv'), many);
    vi.stubEnv('TMPDIR', join(folder, 'nowhere'));
    const error = await streamPayload(parse(users), { memoryBytes: 0 }).catch((cause: unknown) => cause);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      code: 'file-unwritable',
      message: `The temporary file of the build cannot be written in ${join(folder, 'nowhere')}: ENOENT.`,
      hint: 'Make room, or name a folder on another disk in the variable TMPDIR. It takes about as much as the payload.',
    });
  });

  test('of a part of the rows takes references into the rest as they are', async () => {
    await writeFile(join(folder, 'rows.csv'), 'name,on\na,b\nb,c\nc,a\n');
    const { rows, partial, payload } = await buildPayload(
      parse('{ user: { name: name, groups: on } }, { group: { name: name } }'),
      { maxRows: 1 },
    );
    expect([rows, partial]).toEqual([1, true]);
    expect(payload.toJSON().applications[0]?.local_users).toEqual([{ name: 'a', groups: ['b'] }]);
  });
});
