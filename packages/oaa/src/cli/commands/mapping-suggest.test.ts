import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { captureRun, temporaryFolder } from '../test-support.ts';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder({ 'users.csv': 'login,role\nkim,admin\n', 'empty.csv': '' });
});
afterEach(() => folder.remove());

const suggest = (...argv: string[]) => captureRun(['mapping', 'suggest', ...argv], { cwd: folder.path });
const read = (name: string) => readFile(join(folder.path, name), 'utf8');

test('a mapping goes to stdout, alone; what to do next to stderr', async () => {
  const { exitCode, stdout, stderr } = await suggest('users.csv', '--application', 'Shop');
  expect(exitCode).toBe(0);
  expect(stdout).toBe(`# A first mapping for "users.csv", made of headers and sampled rows by oaa mapping suggest.
# Comments that begin with CHECK are for you to decide. Then look at what comes out:
#   oaa build --mapping <this file> --preview 3

application:
  name: Shop
  type: Shop

# CHECK: no file says what these allow. Give each its effects, of DataRead, DataWrite, DataCreate,
# DataDelete, MetadataRead, MetadataWrite, MetadataCreate, MetadataDelete, NonData, Uncategorized. A
# role that no file describes has the permission of its own name.
permissions:
  - { name: admin, effects: [ Uncategorized ] }

sources:
  # 1 row. Each row is a user.
  - file: users.csv
    map:
      - user:
          name: login
          roles:
            - role: { names: role, unknown: create, effects: [ Uncategorized ] }
`);
  expect(stderr).toBe(
    '1 comment in it says CHECK: there only you can decide.\nNext: oaa build --mapping mapping.yaml --preview 3\n',
  );
});

test('--out writes a file, relative to which the sources are named', async () => {
  await mkdir(join(folder.path, 'maps'));
  const { exitCode, stdout, stderr } = await suggest('users.csv', '--out', 'maps/shop.yaml');
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: 'Wrote maps/shop.yaml, a first mapping for 1 file.\n' });
  expect(stderr).toContain('Next: oaa build --mapping maps/shop.yaml --preview 3\n');
  expect(await read('maps/shop.yaml')).toContain('file: ../users.csv');
  const built = await captureRun(['build', '--mapping', 'maps/shop.yaml', '--out', 'p.json'], { cwd: folder.path });
  expect(built.exitCode).toBe(0);
});

test('a file that is there is not overwritten', async () => {
  await writeFile(join(folder.path, 'mapping.yaml'), 'mine');
  const { exitCode, stderr } = await suggest('users.csv', '--out', 'mapping.yaml');
  expect(exitCode).toBe(2);
  expect(stderr).toContain('mapping.yaml is there already');
  expect(await read('mapping.yaml')).toBe('mine');
});

test('--json has the mapping in one document', async () => {
  const { stdout, stderr } = await suggest('users.csv', '--json');
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toMatchObject({ mapping: expect.stringContaining('file: users.csv'), checks: 2 });
});

test.each([
  ['empty.csv', 3, 'empty.csv:1: The file is empty.'],
  ['none.csv', 3, 'There is no file none.csv.'],
  ['.', 3, 'is a folder.'],
])('%s gives nothing to go by', async (name, code, message) => {
  const { exitCode, stdout, stderr } = await suggest(name, '--out', 'm.yaml');
  expect({ exitCode, stdout }).toEqual({ exitCode: code, stdout: '' });
  expect(stderr).toContain(message);
});

test('a file named twice counts once', async () => {
  expect((await suggest('users.csv', 'users.csv')).stdout.match(/file: users.csv/g)).toHaveLength(1);
});
