import { mkdir, readdir, readFile, readlink, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { temporaryFolder } from './test-support.ts';
import { writePrivateFile } from './write-private-file.ts';

const words = { noun: 'manifest', flag: '--out' };

test.each(['there', 'new', 'new/below/file'])('a link keeps pointing to where it pointed: %s', async (target) => {
  const folder = await temporaryFolder();
  await mkdir(join(folder, 'links'));
  await writeFile(join(folder, 'there'), 'old', { mode: 0o644 });
  const [link, between] = [join(folder, 'link'), join(folder, 'links', 'between')];
  await symlink('links/between', link);
  await symlink(join('..', target), between);
  await writePrivateFile(link, 'text', words);
  expect([await readlink(link), await readlink(between)]).toEqual(['links/between', join('..', target)]);
  expect(await readFile(join(folder, target), 'utf8')).toBe('text');
  expect((await stat(join(folder, target))).mode & 0o777).toBe(0o600);
  expect(await readdir(join(folder, 'links'))).toEqual(['between']);
});

test('links that go in a circle are told, and stay', async () => {
  const folder = await temporaryFolder();
  await symlink('two', join(folder, 'one'));
  await symlink('one', join(folder, 'two'));
  await expect(writePrivateFile(join(folder, 'one'), 'text', words)).rejects.toMatchObject({
    code: 'file-unwritable',
    message: expect.stringContaining('the system says ELOOP'),
    hint: 'Name a file in a folder that you may write to with --out.',
  });
  expect(await readdir(folder)).toEqual(['one', 'two']);
});

test('where another name would not do, none is asked for', async () => {
  const folder = await temporaryFolder();
  await expect(writePrivateFile(folder, 'text', { noun: 'journal' })).rejects.toMatchObject({
    code: 'file-unwritable',
    hint: 'Make room for it on its disk, and let it be written to.',
  });
});
