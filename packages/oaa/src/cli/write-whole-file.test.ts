import { chmod, lstat, readdir, readFile, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { temporaryFolder } from './test-support.ts';
import { writeWholeFile } from './write-whole-file.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder({ 'old.json': 'old' });
});
afterEach(() => folder.remove());

const at = (name: string) => join(folder.path, name);
const options = { name: 'out.json', flag: '--out', signal: new AbortController().signal };

function* failing(): Generator<string> {
  yield 'half';
  throw new Error('no more');
}

describe('a file', () => {
  test('is written whole, and leaves nothing beside it', async () => {
    expect(await writeWholeFile(at('new.json'), ['a', 'b'], options)).toBe(2);
    expect(await readFile(at('new.json'), 'utf8')).toBe('ab');
    expect((await readdir(folder.path)).sort()).toEqual(['new.json', 'old.json']);
  });

  test('replaces an old one and keeps its mode', async () => {
    await chmod(at('old.json'), 0o600);
    await writeWholeFile(at('old.json'), ['new'], options);
    expect(await readFile(at('old.json'), 'utf8')).toBe('new');
    expect((await stat(at('old.json'))).mode & 0o777).toBe(0o600);
  });

  test('behind a link is replaced, and the link stays', async () => {
    await symlink('old.json', at('link.json'));
    await writeWholeFile(at('link.json'), ['new'], options);
    expect((await lstat(at('link.json'))).isSymbolicLink()).toBe(true);
    expect(await readFile(at('old.json'), 'utf8')).toBe('new');
  });

  test('is made where a link points to, and the link stays', async () => {
    await symlink('made.json', at('link.json'));
    await writeWholeFile(at('link.json'), ['new'], options);
    expect((await lstat(at('link.json'))).isSymbolicLink()).toBe(true);
    expect(await readFile(at('made.json'), 'utf8')).toBe('new');
  });

  test('is compressed when its name says so', async () => {
    const sizeBytes = await writeWholeFile(at('new.json.gz'), ['a'.repeat(10_000)], options);
    const written = await readFile(at('new.json.gz'));
    expect(sizeBytes).toBe(written.length);
    expect(gunzipSync(written).toString()).toBe('a'.repeat(10_000));
  });

  test('that is a device is written directly', async () => {
    expect(await writeWholeFile('/dev/null', ['a'], options)).toBe(0);
    expect((await stat('/dev/null')).isCharacterDevice()).toBe(true);
  });
});

describe('an old file stays as it was, and nothing beside it', () => {
  afterEach(async () => {
    expect(await readFile(at('old.json'), 'utf8')).toBe('old');
    expect(await readdir(folder.path)).toEqual(['old.json']);
  });

  test('when the text breaks off', async () => {
    await expect(writeWholeFile(at('old.json'), failing(), options)).rejects.toThrow('no more');
  });

  test('when the last check refuses', async () => {
    const beforeCommit = () => {
      throw new Error('refused');
    };
    await expect(writeWholeFile(at('old.json'), ['new'], { ...options, beforeCommit })).rejects.toThrow('refused');
  });

  test('after a signal, also one that comes during the last check', async () => {
    const controller = new AbortController();
    const beforeCommit = () => controller.abort();
    const written = writeWholeFile(at('old.json'), ['new'], { ...options, signal: controller.signal, beforeCommit });
    await expect(written).rejects.toThrow(/abort/i);
  });
});

test.each([
  ['missing/new.json', 'its folder does not exist'],
  ['.', 'it is a folder'],
  ['old.json/new.json', 'a part of the path is not a folder'],
])('%s cannot be written, and the message says why', async (name, reason) => {
  await expect(writeWholeFile(at(name), ['x'], { ...options, name })).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `Cannot write ${name}: ${reason}. Nothing was written.`,
    hint: expect.stringContaining('--out'),
  });
});
