import { mkdir, open, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { temporaryFolder } from '../cli/test-support.ts';
import { replaceFile, whyUnwritable } from './replace-file.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder({ 'old.txt': 'old' });
});
afterEach(() => folder.remove());

const at = (name: string): string => join(folder.path, name);

test('a file is replaced as a whole, with the mode that was asked for', async () => {
  const written = await replaceFile(at('old.txt'), { mode: 0o600 }, async (handle) => {
    await handle.writeFile('new');
    expect(await readFile(at('old.txt'), 'utf8')).toBe('old');
    return 3;
  });
  expect([written, await readFile(at('old.txt'), 'utf8')]).toEqual([3, 'new']);
  expect((await stat(at('old.txt'))).mode & 0o777).toBe(0o600);
  expect(await readdir(folder.path)).toEqual(['old.txt']);
});

test.each(['write', 'beforeCommit'])('what %s throws leaves the old file, and nothing beside it', async (where) => {
  const fail = (): never => {
    throw new Error('no more');
  };
  const options = { mode: 0o600, ...(where === 'write' ? {} : { beforeCommit: fail }) };
  const write = async (handle: { writeFile(text: string): Promise<void> }): Promise<void> => {
    await handle.writeFile('half');
    if (where === 'write') fail();
  };
  await expect(replaceFile(at('old.txt'), options, write)).rejects.toThrow('no more');
  expect([await readFile(at('old.txt'), 'utf8'), await readdir(folder.path)]).toEqual(['old', ['old.txt']]);
});

test('why a file cannot be written is said in words, of errors of the system only', async () => {
  await writeFile(at('file'), '');
  const why = (name: string): Promise<unknown> =>
    replaceFile(at(name), { mode: 0o600 }, () => Promise.resolve()).catch(whyUnwritable);
  expect([await why('gone/new.txt'), await why('file/new.txt')]).toEqual([
    'its folder does not exist',
    'a part of the path is not a folder',
  ]);
  const making = mkdir(at('file'), { recursive: true }).catch(whyUnwritable);
  expect(await making).toBe('a part of the path is not a folder');
  expect(await open(at('file'), 'wx').catch(whyUnwritable)).toBe('something is there already');
  expect(whyUnwritable(new Error('no more'))).toBeUndefined();
});
