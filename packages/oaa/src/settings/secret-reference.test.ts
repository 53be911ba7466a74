import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { rejection } from '../http/test-support.ts';
import { resolveSecret, splitCommand } from './secret-reference.ts';

let cwd: string;
beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'oaa-secret-'));
});
afterAll(() => rm(cwd, { recursive: true }));

const resolveHere = (reference: string, allowCommands = false) =>
  resolveSecret(reference, { env: { TOKEN: 't-1', EMPTY: '', PATH: process.env.PATH }, cwd, allowCommands });

describe('resolveSecret', () => {
  test('env: reads a variable', async () => {
    expect(await resolveHere('env:TOKEN')).toBe('t-1');
  });

  test('file: reads a file beside the working folder and cuts one line end', async () => {
    await writeFile(join(cwd, 'key.txt'), 'from-file\r\n');
    expect(await resolveHere('file:key.txt')).toBe('from-file');
  });

  test('cmd: runs a program without a shell', async () => {
    const program = `cmd:${process.execPath} -e "console.log(process.argv[1])" '$HOME; x'`;
    expect(await resolveHere(program, true)).toBe('$HOME; x');
  });

  test.each([
    ['env:MISSING', 'The environment variable MISSING of the reference env:MISSING is not set.'],
    ['env:EMPTY', 'The environment variable EMPTY of the reference env:EMPTY is empty.'],
    ['env:__proto__', 'The environment variable __proto__ of the reference env:__proto__ is not set.'],
    ['env:', 'The secret reference "env:" points nowhere.'],
    ['cmd:vault read', 'The reference cmd:vault ... would run a program, which is not allowed here.'],
    ['s3cr3t-literal', 'A secret was expected as a reference, and found to be something else (not shown).'],
  ])('%s is refused', async (reference, message) => {
    expect(await rejection(resolveHere(reference))).toMatchObject({ name: 'UsageError', exitCode: 2, message });
  });

  test('a missing file and a folder are told apart', async () => {
    expect((await rejection(resolveHere('file:none.txt'))).message).toBe(
      `The secret file ${join(cwd, 'none.txt')} cannot be read: there is no such file.`,
    );
    expect((await rejection(resolveHere('file:.'))).message).toBe(
      `The secret file ${cwd} cannot be read: it is a folder.`,
    );
  });

  test('a program that fails is named, its arguments and output are not', async () => {
    const error = await rejection(
      resolveHere(`cmd:${process.execPath} -e "console.error('hush'); process.exit(3)"`, true),
    );
    expect(error.message).toBe(`The program ${process.execPath} of a cmd: reference gave no secret: it ended with 3.`);
    expect((await rejection(resolveHere('cmd:no-such-program x', true))).message).toBe(
      'The program no-such-program of a cmd: reference gave no secret: there is no such program.',
    );
  });
});

test('splitCommand keeps quoted parts together', () => {
  expect(splitCommand(`op read "op://a b/c" --x='d e'f ""`)).toEqual(['op', 'read', 'op://a b/c', '--x=d ef', '']);
});
