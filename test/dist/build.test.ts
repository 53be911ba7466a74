import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { repositoryRoot } from '../support/repository.ts';
import { describeResult, runProcess } from '../support/run-process.ts';

const packageFolder = join(repositoryRoot, 'packages/oaa');
const bin = join(packageFolder, 'bin/oaa.js');

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-dist-build-'));
  await writeFile(join(folder, 'users.csv'), 'login,role\nkim,admin\nlee,clerk\n');
});
afterAll(() => rm(folder, { recursive: true }));

const run = (file: string, args: readonly string[]) =>
  runProcess(file, args, { cwd: folder, env: { PATH: process.env.PATH ?? '', HOME: folder } });
const oaa = (...args: string[]) => run(process.execPath, [bin, ...args]);

test('the built command drafts a mapping and builds a payload', async () => {
  const suggested = await oaa('mapping', 'suggest', 'users.csv', '--out', 'mapping.yaml');
  expect(suggested.exitCode, describeResult(suggested)).toBe(0);
  const built = await oaa('build', '--mapping', 'mapping.yaml', '--out', 'payload.json');
  expect(built.exitCode, describeResult(built)).toBe(0);
  expect(JSON.parse(await readFile(join(folder, 'payload.json'), 'utf8')).applications[0].local_users).toHaveLength(2);
});

test('a file so large that a thread parses it is built whole', async () => {
  const rows = Array.from({ length: 200_000 }, (_, index) => `user${index}@example.com,clerk\n`).join('');
  await writeFile(join(folder, 'large.csv'), `login,role\n${rows}`);
  const mapping = await readFile(join(folder, 'mapping.yaml'), 'utf8');
  await writeFile(join(folder, 'large.yaml'), mapping.replaceAll('users.csv', 'large.csv'));
  const built = await oaa('build', '--mapping', 'large.yaml', '--out', 'large.json');
  expect(built.exitCode, describeResult(built)).toBe(0);
  const users = JSON.parse(await readFile(join(folder, 'large.json'), 'utf8')).applications[0].local_users;
  expect([users.length, users.at(-1).name]).toEqual([200_000, 'user199999@example.com']);
});

test('a large file with a stray quote is refused with its place', async () => {
  const rows = Array.from({ length: 400_000 }, (_, index) => `user${index}@example.com,clerk\n`);
  rows[200_000] = 'user"x,clerk\n';
  await writeFile(join(folder, 'stray.csv'), `login,role\n${rows.join('')}`);
  const mapping = await readFile(join(folder, 'mapping.yaml'), 'utf8');
  await writeFile(join(folder, 'stray.yaml'), mapping.replaceAll('users.csv', 'stray.csv'));
  for (let run = 0; run < 3; run += 1) {
    const built = await oaa('build', '--mapping', 'stray.yaml', '--out', 'stray.json');
    expect(built.exitCode, describeResult(built)).toBe(3);
    expect(built.stderr).toContain('stray.csv:200002:login');
    expect(built.stderr).toContain('A quote stands in the middle of a cell.');
  }
});

test('a full disk leaves the old file and nothing beside it', async () => {
  await writeFile(join(folder, 'old.json'), 'old');
  const rows = Array.from({ length: 20_000 }, (_, index) => `user${index},clerk\n`).join('');
  await writeFile(join(folder, 'many.csv'), `login,role\n${rows}`);
  const mapping = await readFile(join(folder, 'mapping.yaml'), 'utf8');
  await writeFile(join(folder, 'many.yaml'), mapping.replaceAll('users.csv', 'many.csv'));
  const before = await readdir(folder);
  // Files may have at most 512 kB in this shell.
  const command = `ulimit -f 512; exec "${process.execPath}" "${bin}" build --mapping many.yaml --out old.json`;
  const result = await run('bash', ['-c', command]);
  expect(result.exitCode, describeResult(result)).toBe(2);
  expect(result.stderr).toContain('Cannot write old.json: it would be larger than files may be here.');
  expect(await readFile(join(folder, 'old.json'), 'utf8')).toBe('old');
  expect((await readdir(folder)).sort()).toEqual(before.sort());
});

test('the JSON Schema of mappings is shipped', async () => {
  const shipped = await readFile(join(packageFolder, 'dist/schemas/mapping.schema.json'), 'utf8');
  expect(shipped).toBe(await readFile(join(packageFolder, 'schemas/mapping.schema.json'), 'utf8'));
});
