import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatDiagnostic, hasErrors, type InputError, validate, type WireApplicationPayload } from '@oaa-kit/oaa';
import { buildPayload, readMapping, streamPayload } from '@oaa-kit/oaa/sources';
import { afterEach, describe, expect, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';
import { projectFiles, readProjectFile, repositoryRoot } from '../support/repository.ts';

type Ready = 'app-csv-import' | 'simple_csv';
type Files = Readonly<Record<string, string>>;

const folders: string[] = [];
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

const goldenFolder = (ready: Ready) => `test/fixtures/golden/csv/${ready}`;
const mappingOf = (ready: Ready) => readMapping(join(repositoryRoot, `templates/mappings/${ready}.yaml`));
const expected = (ready: Ready): WireApplicationPayload =>
  JSON.parse(readProjectFile(`test/fixtures/expected/${ready}.json`));

/** The text of a golden file at file:row:column, with the row counted as messages do: the header is row 1. */
function cell(ready: Ready, file: string, row: number, column: string): string {
  const lines = readProjectFile(`${goldenFolder(ready)}/${file}`).split('\n');
  const position = lines[0]?.split(',').indexOf(column) ?? -1;
  const text = lines[row - 1]?.split(',')[position];
  if (text === undefined) throw new Error(`There is no ${file}:${row}:${column}.`);
  return text;
}

/** What a ready mapping makes of the golden files, some of them replaced by others. */
async function build(ready: Ready, others: Files = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-ready-'));
  folders.push(folder);
  const golden = projectFiles().filter((file) => file.startsWith(`${goldenFolder(ready)}/`));
  for (const file of golden) await writeFile(join(folder, file.split('/').at(-1) ?? ''), readProjectFile(file));
  for (const [name, text] of Object.entries(others)) await writeFile(join(folder, name), text);
  const { payload, diagnostics } = await buildPayload(await mappingOf(ready), { folder });
  return { wire: payload.toJSON(), messages: diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)) };
}

async function problemsOf(ready: Ready, others: Files): Promise<string[]> {
  try {
    await build(ready, others);
  } catch (error) {
    return (error as InputError).diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).split('\n')[0] ?? '');
  }
  throw new Error('The files were taken.');
}

function named<Entity extends { readonly name: string; readonly id?: string | undefined }>(
  entities: readonly Entity[] | undefined,
  key: string,
): Entity | undefined {
  return entities?.find(({ id, name }) => (id ?? name) === key);
}
const userOf = ({ applications }: WireApplicationPayload, key: string) => named(applications[0]?.local_users, key);
const roleOf = ({ applications }: WireApplicationPayload, key: string) => named(applications[0]?.local_roles, key);
const permissionOf = ({ permissions }: WireApplicationPayload, name: string) =>
  named(permissions, name)?.permission_type;
const rolesHeldBy = ({ identity_to_permissions }: WireApplicationPayload, identity: string) =>
  identity_to_permissions
    .filter((entry) => entry.identity === identity)
    .flatMap(({ role_assignments }) => role_assignments?.map(({ role }) => role) ?? []);

describe.each(['app-csv-import', 'simple_csv'] as const)('the ready mapping %s', (ready) => {
  test('makes the expected payload of the golden files, in memory and as a stream', async () => {
    const folder = join(repositoryRoot, goldenFolder(ready));
    const built = await buildPayload(await mappingOf(ready), { folder });
    const streamed = await streamPayload(await mappingOf(ready), { folder });
    const text = Array.from(streamed.payload.jsonChunks()).join('');
    streamed.close();
    expect(built.payload.toJSON()).toEqual(expected(ready));
    expect(JSON.parse(text)).toEqual(expected(ready));
  });

  test('is named builtin:<id> in oaa build, for the files of the current folder or of --sources', async () => {
    const folder = join(repositoryRoot, goldenFolder(ready));
    const build = ['build', '--mapping', `builtin:${ready}`];
    const beside = await captureCli(build, { cwd: folder });
    const elsewhere = await captureCli([...build, '--sources', goldenFolder(ready)], { cwd: repositoryRoot });
    expect([beside.exitCode, elsewhere.exitCode]).toEqual([0, 0]);
    expect(JSON.parse(beside.stdout)).toEqual(expected(ready));
    expect(elsewhere.stdout).toBe(beside.stdout);
  });

  test('makes a payload in which the validator finds nothing', () => {
    expect(validate(expected(ready))).toEqual([]);
  });
});

describe('app-csv-import', () => {
  const wire = expected('app-csv-import');
  const golden = (file: string, row: number, column: string) => cell('app-csv-import', file, row, column);

  test('backup grants DataWrite: permissions.csv:2:oaapermission, in any case', async () => {
    expect(golden('permissions.csv', 2, 'permission')).toBe('backup');
    expect(golden('permissions.csv', 2, 'oaapermission')).toBe('datawrite');
    expect(permissionOf(wire, 'backup')).toEqual(['DataWrite']);
    expect(golden('role_permissions.csv', 6, 'permission')).toBe('backup');
    expect(roleOf(wire, 'backup')?.permissions).toEqual(['backup']);
    expect(golden('roles.csv', 7, 'user_name')).toBe('backup_user');
    expect(rolesHeldBy(wire, 'backup_user')).toEqual(['backup']);
  });

  test('every row of permissions.csv counts, and a canonical permission may be a simple word', async () => {
    const rows = [
      'permission,oaapermission',
      'backup,DataWrite',
      'restore,WRITE',
      'look,view',
      'list,Read',
      'log,NonData',
    ];
    const { wire: other } = await build('app-csv-import', { 'permissions.csv': rows.join('\n') });
    expect(other.permissions.slice(9, 14).map(({ name, permission_type }) => [name, permission_type])).toEqual([
      ['backup', ['DataWrite']],
      ['restore', ['DataWrite']],
      ['look', ['MetadataRead']],
      ['list', ['DataRead']],
      ['log', ['NonData']],
    ]);
  });

  test('a role that only roles.csv names has one permission of its own name: roles.csv:2:role_name', () => {
    expect(golden('roles.csv', 2, 'role_name')).toBe('supervisor');
    expect(readProjectFile(`${goldenFolder('app-csv-import')}/role_permissions.csv`)).not.toContain('supervisor');
    expect(roleOf(wire, 'supervisor')?.permissions).toEqual(['supervisor']);
    expect(permissionOf(wire, 'supervisor')).toEqual(['NonData']);
  });

  test('admin, which roles.csv:5 gives to a group, has its five permissions, and viewer is there unused', () => {
    expect([golden('roles.csv', 5, 'role_name'), golden('roles.csv', 5, 'group_id')]).toEqual(['admin', 'admin']);
    expect(roleOf(wire, 'admin')?.permissions).toHaveLength(5);
    expect(roleOf(wire, 'viewer')?.permissions).toEqual(['view']);
  });

  test('a row of role_permissions.csv takes the place of what a default role has', async () => {
    const { wire: other } = await build('app-csv-import', {
      'role_permissions.csv': 'role_name,permission\nadmin,read\nbackup,backup\n',
    });
    expect(roleOf(other, 'admin')?.permissions).toEqual(['read']);
  });

  test('the columns that the mapping does not name do no harm: users.csv:1:department', () => {
    expect(golden('users.csv', 2, 'department')).toBe('Human Resources');
    expect(JSON.stringify(wire)).not.toMatch(/department|Human Resources/);
  });

  test('an empty e-mail or date gives no key: users.csv:12', () => {
    expect(golden('users.csv', 12, 'user_name')).toBe('backup_user');
    const columns = ['email', 'created_at', 'last_login'];
    expect(columns.map((column) => golden('users.csv', 12, column))).toEqual(['', '', '']);
    expect(userOf(wire, 'backup_user')).toEqual({ id: 'backup_user', name: 'Backup User', is_active: true });
  });

  test('a last login before the creation is kept as it is: users.csv:6', () => {
    const given = [golden('users.csv', 6, 'created_at'), golden('users.csv', 6, 'last_login')];
    const { created_at, last_login_at } = userOf(wire, 'kpattlel4') ?? {};
    expect([created_at, last_login_at]).toEqual(given);
    expect(given).toEqual(given.toSorted().toReversed());
  });

  test('an address is the e-mail and an identity: users.csv:2:email', () => {
    const address = golden('users.csv', 2, 'email');
    expect(userOf(wire, 'skalinsky0')).toMatchObject({ email: address, identities: [address] });
  });

  test('only the columns that the importer needs must be there', async () => {
    const { wire: other, messages } = await build('app-csv-import', {
      'users.csv': 'user_name\nann\nbob\n',
      'groups.csv': 'group_id,user_name\nstaff,ann\n',
      'roles.csv': 'role_name,user_name\nviewer,bob\n',
    });
    expect(messages).toEqual([]);
    expect(other.applications[0]).toMatchObject({
      local_users: [
        { id: 'ann', name: 'ann', groups: ['staff'] },
        { id: 'bob', name: 'bob' },
      ],
      local_groups: [{ id: 'staff', name: 'staff' }],
    });
    expect(rolesHeldBy(other, 'bob')).toEqual(['viewer']);
  });

  test('a row may name a user and a group, and who is not there is left out with a warning', async () => {
    const { wire: other, messages } = await build('app-csv-import', {
      'roles.csv': 'role_name,group_id,user_name\nauditor,dev,sburrow2\nauditor,,nobody\n',
    });
    expect([rolesHeldBy(other, 'dev'), rolesHeldBy(other, 'sburrow2')]).toEqual([['auditor'], ['auditor']]);
    expect(rolesHeldBy(other, 'nobody')).toEqual([]);
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^warning dangling-user roles\.csv:3:user_name .*There is no user "nobody"/);
  });

  test.each([
    ['a role given to nobody', 'roles.csv', 'role_name,group_id,user_name\nauditor,,\n', 'roles.csv:2:user_name'],
    [
      'no canonical permission',
      'permissions.csv',
      'permission,oaapermission\nbackup,dataright\n',
      'permissions.csv:2:oaapermission',
    ],
    [
      'another meaning of a simple word',
      'permissions.csv',
      'permission,oaapermission\nbackup,datawrite\nread,datawrite\n',
      'permissions.csv:3',
    ],
    [
      'a permission that nothing describes',
      'role_permissions.csv',
      'role_name,permission\nauditor,audit\n',
      'role_permissions.csv:2:permission',
    ],
  ])('%s is an error with its place', async (_what, file, text, place) => {
    const problems = await problemsOf('app-csv-import', { [file]: text });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(` ${place} `);
    expect(problems[0]).toMatch(/^error /);
  });
});

describe('simple_csv', () => {
  const wire = expected('simple_csv');
  const golden = (row: number, column: string) => cell('simple_csv', 'sample.csv', row, column);

  test('user 10001 has both roles: sample.csv:2:ROLE and sample.csv:3:ROLE', () => {
    expect([golden(2, 'USER_ID'), golden(3, 'USER_ID')]).toEqual(['10001', '10001']);
    expect(rolesHeldBy(wire, '10001')).toEqual([golden(2, 'ROLE'), golden(3, 'ROLE')]);
    expect(rolesHeldBy(wire, '10001')).toEqual(['Admin', 'User']);
  });

  test('LAST_LOGIN is the last login, and nobody knows the creation: sample.csv:2:LAST_LOGIN', () => {
    expect(golden(2, 'LAST_LOGIN')).toBe('2023-10-20 13:05:34');
    expect(userOf(wire, '10001')?.last_login_at).toBe('2023-10-20T13:05:34Z');
    expect(userOf(wire, '10001')).not.toHaveProperty('created_at');
  });

  test('the first row of a user stands, and a warning names what a later one says: sample.csv:3:EMAIL', async () => {
    expect([golden(2, 'EMAIL'), golden(3, 'EMAIL')]).toEqual(['athompson@example.com', 'athompson@example']);
    const { wire: built, messages } = await build('simple_csv');
    expect(userOf(built, '10001')?.email).toBe('athompson@example.com');
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatch(/^warning conflicting-row sample\.csv:3 .*email is "athompson@example" and was /);
  });

  test('IS_ACTIVE is 1 or 0: sample.csv:2:IS_ACTIVE, sample.csv:4:IS_ACTIVE', () => {
    expect([golden(2, 'IS_ACTIVE'), golden(4, 'IS_ACTIVE')]).toEqual(['1', '0']);
    expect([userOf(wire, '10001')?.is_active, userOf(wire, '10003')?.is_active]).toEqual([true, false]);
  });

  test('what a role allows is not known: each has one permission of its own name', () => {
    expect(wire.permissions.map(({ name, permission_type }) => [name, permission_type])).toEqual([
      ['Admin', ['Uncategorized']],
      ['User', ['Uncategorized']],
    ]);
  });

  test('a user without a name, an address, a date or a role is a user all the same', async () => {
    const { wire: other, messages } = await build('simple_csv', {
      'sample.csv': 'USER_ID,USER_NAME,EMAIL,IS_ACTIVE,LAST_LOGIN,ROLE\n7,,,,,\n',
    });
    expect(messages).toEqual([]);
    expect(other.applications[0]?.local_users).toEqual([{ id: '7', name: '7' }]);
    expect(hasErrors(validate(other))).toBe(false);
  });
});
