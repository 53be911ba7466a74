import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { captureRun, temporaryFolder } from '../test-support.ts';

const mapping = `application: { name: Shop, type: Shop }
sources:
  - file: users.csv
    map:
      - user:
          name: login
          createdAt: created
          groups: { names: team, unknown: create }
          roles: [ { role: { names: role, unknown: create, effects: [ DataRead ] } } ]
`;
const good = 'login,created,team,role\nkim,2026-01-31,sales,admin\nlee,2026-02-01,sales,admin\nann,,,clerk\n';

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeEach(async () => {
  folder = await temporaryFolder({ 'mapping.yaml': mapping, 'users.csv': good, 'payload.json': 'old' });
});
afterEach(() => folder.remove());

const write = (name: string, text: string) => writeFile(join(folder.path, name), text);
const read = (name: string) => readFile(join(folder.path, name), 'utf8');
const build = (...argv: string[]) => captureRun(['build', '--mapping', 'mapping.yaml', ...argv], { cwd: folder.path });
const names = ['mapping.yaml', 'payload.json', 'users.csv'];
const files = async () => (await readdir(folder.path)).sort();

describe('a payload', () => {
  test('is written to a file, and summed up', async () => {
    const { exitCode, stdout, stderr } = await build('--out', 'payload.json');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(
      /^Built payload\.json: 1 application, 3 users, 1 group, 2 roles, 2 permissions, 3 grants\.\n {2}read {5}3 rows of 1 file\n {2}size {5}1\.\d kB\n {2}checked {2}valid, 0 warnings\n$/,
    );
    expect(JSON.parse(await read('payload.json')).applications[0].local_users).toHaveLength(3);
    expect(await files()).toEqual(names);
  });

  test('is compressed when the name says so', async () => {
    await build('--out', 'payload.json.gz');
    const text = gunzipSync(await readFile(join(folder.path, 'payload.json.gz'))).toString();
    expect(JSON.parse(text).applications[0].name).toBe('Shop');
  });

  test('goes to stdout without --out, alone', async () => {
    const { exitCode, stdout, stderr } = await build();
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).applications[0].local_users).toHaveLength(3);
    expect(stderr).toMatch(/^Built the payload: /);
    expect((await build('--quiet')).stderr).toBe('');
  });

  test('is summed up as one document with --json', async () => {
    const { stdout, stderr } = await build('--out', 'payload.json', '--json');
    expect(stderr).toBe('');
    const counts = { applications: 1, users: 3, groups: 1, roles: 2, permissions: 2, grants: 3 };
    expect(JSON.parse(stdout)).toMatchObject({ built: true, rows: 3, counts, validated: true, warnings: 0 });
  });

  test('on stdout is the payload to the letter, also where a name equals a secret of the environment', async () => {
    await write('sample.csv', 'USER_ID,USER_NAME,EMAIL,IS_ACTIVE,LAST_LOGIN,ROLE\n1,canary,kim@example.com,1,,Admin\n');
    const { stdout } = await captureRun(['build', '--mapping', 'builtin:simple_csv'], {
      cwd: folder.path,
      env: { SOME_API_KEY: 'canary' },
    });
    expect(JSON.parse(stdout).applications[0].local_users[0].name).toBe('canary');
  });

  test('of a ready mapping takes the files of the current folder', async () => {
    await write('sample.csv', 'USER_ID,USER_NAME,EMAIL,IS_ACTIVE,LAST_LOGIN,ROLE\n1,Kim,kim@example.com,1,,Admin\n');
    const { exitCode } = await captureRun(['build', '--mapping', 'builtin:simple_csv', '--out', 'payload.json'], {
      cwd: folder.path,
    });
    expect(exitCode).toBe(0);
  });
});

describe('with errors nothing is written', () => {
  const bad = `${good}eve,31/12/2026,,clerk\nbob,01/02/2026,,\n,2026-01-01,,clerk\n`;
  beforeEach(() => write('users.csv', bad));
  afterEach(async () => expect(await read('payload.json')).toBe('old'));

  test('problems are told with file, row and column', async () => {
    const { exitCode, stdout, stderr } = await build('--out', 'payload.json');
    expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: '' });
    expect(stderr).toBe(`Error: 3 of 6 rows cannot be used. Nothing was written.
  users.csv:5:created: "31/12/2026" is not a date of the form RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss.
  users.csv:6:created: "01/02/2026" is not a date of the form RFC 3339, YYYY-MM-DD or YYYY-MM-DD HH:mm:ss.
    Name the form: { column: ..., format: "DD/MM/YYYY" }.
  users.csv:7:login: The row has nothing that names its user.
    Fill the column; or leave such rows out: when: { column: ..., empty: false }.
Correct the rows or the mapping; --rejects <file> writes the rows with their reasons.
`);
    expect(await files()).toEqual(names);
  });

  test('stdout stays empty', async () => {
    expect(await build()).toMatchObject({ exitCode: 3, stdout: '' });
  });

  test('--rejects has the rows with their reasons', async () => {
    const { stderr } = await build('--out', 'payload.json', '--rejects', 'rejects.csv');
    expect(stderr).toContain('The rows of users.csv with their reasons are in rejects.csv (3 rows).\n');
    const lines = (await read('rejects.csv')).split('\n');
    expect(lines[0]).toBe('login,created,team,role,_file,_row,_reason');
    expect(lines.slice(1).map((line) => line.split(',')[0])).toEqual(['eve', 'bob', '', '']);
    await write('users.csv', good);
    await build('--out', 'other.json', '--rejects', 'rejects.csv');
    expect(await files()).not.toContain('rejects.csv');
  });

  test('--json has all problems and the rejects', async () => {
    const { stdout, exitCode } = await build('--out', 'payload.json', '--json', '--rejects', 'rejects.csv');
    const document = JSON.parse(stdout);
    expect(exitCode).toBe(3);
    expect(document.error.diagnostics).toHaveLength(3);
    expect(document.rejects).toEqual([{ file: 'rejects.csv', source: 'users.csv', rows: 3 }]);
  });

  test('--max-bad-rows stops reading', async () => {
    const { stderr } = await build('--out', 'payload.json', '--max-bad-rows', '1');
    expect(stderr).toContain('Reading stopped there');
  });

  test('warnings are errors with --fail-on-warnings', async () => {
    await write('users.csv', 'login,created,team,role\n');
    const { exitCode, stderr } = await build('--out', 'payload.json', '--fail-on-warnings');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('--fail-on-warnings was given. Nothing was written.');
    expect((await build('--fail-on-warnings')).stdout).toBe('');
  });

  test('a signal stops it', async () => {
    const controller = new AbortController();
    controller.abort();
    const options = { cwd: folder.path, signal: controller.signal };
    await write('users.csv', good);
    const { exitCode } = await captureRun(['build', '--mapping', 'mapping.yaml', '--out', 'payload.json'], options);
    expect(exitCode).toBe(6);
    expect(await files()).toEqual(names);
  });
});

test('rows with references to nothing, which only the end tells, are rejected, too', async () => {
  await write('mapping.yaml', mapping.replace('{ names: team, unknown: create }', 'team'));
  const { exitCode } = await build('--out', 'payload.json', '--rejects', 'rejects.csv');
  expect(exitCode).toBe(3);
  expect(await read('rejects.csv')).toContain(
    'kim,2026-01-31,sales,admin,users.csv,2,"team: There is no group ""sales""',
  );
});

test('a mapping with problems is told with row and column', async () => {
  await write('mapping.yaml', mapping.replace('createdAt: created', 'createdAt: craeted'));
  const { exitCode, stderr } = await build('--out', 'payload.json');
  expect(exitCode).toBe(3);
  expect(stderr).toContain('mapping.yaml:7:22: users.csv has no column "craeted". Did you mean "created"?');
  expect(await read('payload.json')).toBe('old');
});

describe('a preview', () => {
  test('shows the first of each kind and writes nothing', async () => {
    const { exitCode, stdout, stderr } = await build('--preview', '1');
    expect(exitCode).toBe(0);
    const [application] = JSON.parse(stdout).applications;
    expect([application.local_users.length, application.local_groups.length, application.local_roles.length]).toEqual([
      1, 1, 1,
    ]);
    expect(application.resources).toBeUndefined();
    expect(stderr).toContain('The first one of each kind, of 1 application, 3 users, ');
    expect(await files()).toEqual(names);
  });

  test('of the beginning of a large file does not tell of references to what was not read', async () => {
    const users = Array.from({ length: 10_001 }, (_, index) => `user${index},,late,\n`).join('');
    await write('users.csv', `login,created,team,role\n${users}`);
    await write('teams.csv', `team\n${Array.from({ length: 10_000 }, (_, index) => `t${index}\n`).join('')}late\n`);
    await write(
      'mapping.yaml',
      `${mapping.replace('{ names: team, unknown: create }', 'team')}  - file: teams.csv\n    map: [ { group: { name: team } } ]\n`,
    );
    const { exitCode, stdout, stderr } = await build('--preview', '2');
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout).applications[0].local_users[0]).toEqual({ name: 'user0', groups: ['late'] });
    expect(stderr).toContain('Only the beginning of the files was read (20,000 rows)');
    expect((await build('--out', 'payload.json')).exitCode).toBe(0);
  });

  test('is part of a document with --json', async () => {
    const { stdout, stderr } = await build('--preview', '1', '--json');
    expect(stderr).toBe('');
    expect(JSON.parse(stdout)).toMatchObject({
      built: false,
      partial: false,
      rows: 3,
      counts: { users: 3, grants: 3 },
    });
  });
});

describe('wrong usage', () => {
  test.each([
    [['--json'], '--json prints a summary on stdout'],
    [['--preview', '0', '--json'], '--preview is a whole number'],
    [['--preview', '2', '--out', 'x.json'], '--preview writes nothing'],
    [['--max-bad-rows', '1.5'], '--max-bad-rows is a whole number'],
    [['--out', 'users.csv'], '--out would overwrite'],
    [['--out', 'mapping.yaml'], '--out would overwrite'],
    [['--rejects', './users.csv'], '--rejects would overwrite'],
    [['--out', 'x.csv', '--rejects', 'x.csv'], '--out and --rejects would both write'],
  ])('%j', async (argv, message) => {
    const { exitCode, stdout, stderr } = await build(...argv);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toContain(message);
    expect(await files()).toEqual(names);
    expect(await read('users.csv')).toBe(good);
  });

  test('a missing mapping tells how to make one; a missing source where it is named', async () => {
    const missing = await captureRun(['build', '--mapping', 'none.yaml'], { cwd: folder.path });
    expect(missing).toMatchObject({ exitCode: 3, stdout: '' });
    expect(missing.stderr).toContain('oaa mapping suggest users.csv > mapping.yaml');
    await write('mapping.yaml', mapping.replace('users.csv', 'none.csv'));
    expect((await build()).stderr).toContain('mapping.yaml:3:11: There is no file none.csv.');
  });

  test('a folder that is not there', async () => {
    const { exitCode, stderr } = await build('--out', 'none/payload.json');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Cannot write none/payload.json: its folder does not exist. Nothing was written.');
  });
});

test('paths are relative to the current folder, and sources to the mapping', async () => {
  await mkdir(join(folder.path, 'sub'));
  await write('sub/users.csv', good);
  await write('sub/mapping.yaml', mapping);
  const argv = ['build', '--mapping', 'sub/mapping.yaml', '--out', 'sub.json'];
  expect((await captureRun(argv, { cwd: folder.path })).exitCode).toBe(0);
});
