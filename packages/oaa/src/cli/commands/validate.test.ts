import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { captureRun, temporaryFolder } from '../test-support.ts';

const application = (changes: object = {}) => ({
  custom_property_definition: { applications: [] },
  applications: [
    {
      name: 'Portal',
      application_type: 'portal',
      description: null,
      local_users: [{ name: 'kim', groups: ['staff'] }],
      local_groups: [{ name: 'staff' }],
      local_roles: [],
      local_access_creds: [],
      resources: [],
      tags: [],
      custom_properties: {},
    },
  ],
  permissions: [],
  identity_to_permissions: [],
  ...changes,
});
const dangling = application({
  identity_to_permissions: [
    {
      identity: 'kim',
      identity_type: 'local_user',
      role_assignments: [{ application: 'Portal', role: 'admn', apply_to_application: true }],
    },
  ],
});
const idp = { name: 'Corp', idp_type: 'corp', domains: [{ name: 'corp.test' }], users: [{ name: 'kim' }], groups: [] };

let folder: Awaited<ReturnType<typeof temporaryFolder>>;
beforeAll(async () => {
  folder = await temporaryFolder({
    'good.json': JSON.stringify(application()),
    'dangling.json': JSON.stringify(dangling),
    'warned.json': JSON.stringify(idp),
    'list.json': '[]',
    'broken.json': '{"applications": [}',
  });
});
afterAll(() => folder.remove());

const validate = (...argv: string[]) => captureRun(['validate', ...argv], { cwd: folder.path });

describe('for people', () => {
  test('a good payload is summed up on stdout', async () => {
    expect(await validate('good.json')).toEqual({
      exitCode: 0,
      stdout: 'good.json is a valid payload: 1 application, 1 user, 1 group\n',
      stderr: '',
    });
  });

  test('stdin is read for a dash', async () => {
    const stdin = Readable.from([JSON.stringify(application())]);
    const { stdout } = await captureRun(['validate', '-'], { stdin });
    expect(stdout).toBe('(stdin) is a valid payload: 1 application, 1 user, 1 group\n');
  });

  test('errors are listed on stderr and make exit code 3', async () => {
    const { exitCode, stdout, stderr } = await validate('dangling.json');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 3,
      stdout: 'dangling.json is not a valid payload (1 error, 0 warnings)\n',
    });
    expect(stderr).toContain('  error dangling-role $.identity_to_permissions[0].role_assignments[0].role: ');
  });

  test('warnings alone make exit code 0, and 3 with --fail-on-warnings', async () => {
    const { exitCode, stdout, stderr } = await validate('warned.json');
    expect({ exitCode, stdout }).toEqual({
      exitCode: 0,
      stdout: 'warned.json is a valid payload (0 errors, 1 warning): 1 domain, 1 user\n',
    });
    expect(stderr).toContain('  warning not-validated $: ');
    expect((await validate('warned.json', '--fail-on-warnings')).exitCode).toBe(3);
  });

  test('a document that is no payload', async () => {
    const { exitCode, stderr } = await validate('list.json');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('not-an-object');
  });

  test('broken JSON is shown with its place, once', async () => {
    expect(await validate('broken.json')).toEqual({
      exitCode: 3,
      stdout: '',
      stderr:
        'Error: broken.json:1:19: not JSON: a value is missing before "}" (a comma too many?).\n' +
        '{"applications": [}\n                  ^\n' +
        'Correct the file at this place.\n',
    });
  });

  test('a missing file and a folder make exit code 2', async () => {
    expect((await validate('none.json')).exitCode).toBe(2);
    expect((await validate('.')).stderr).toContain('Cannot read .: it is a folder.');
  });

  test('an unknown template comes with the nearest one', async () => {
    const { exitCode, stderr } = await validate('good.json', '--template', 'aplication');
    expect(exitCode).toBe(2);
    expect(stderr).toContain('Did you mean "application"?');
  });
});

describe('for machines', () => {
  const documentOf = async (...argv: string[]) => {
    const { exitCode, stdout, stderr } = await validate(...argv, '--json');
    expect(stderr).toBe('');
    return { exitCode, ...JSON.parse(stdout) };
  };

  test('a good payload', async () => {
    expect(await documentOf('good.json')).toEqual({
      exitCode: 0,
      valid: true,
      errors: 0,
      warnings: 0,
      counts: {
        applications: 1,
        users: 1,
        groups: 1,
        roles: 0,
        credentials: 0,
        resources: 0,
        permissions: 0,
        grants: 0,
      },
      diagnostics: [],
    });
  });

  test('a bad payload has all diagnostics', async () => {
    expect(await documentOf('dangling.json')).toMatchObject({
      exitCode: 3,
      valid: false,
      errors: 1,
      diagnostics: [{ code: 'dangling-role', severity: 'error' }],
    });
  });

  test('a file that cannot be read', async () => {
    expect(await documentOf('none.json')).toMatchObject({
      exitCode: 2,
      error: { code: 'file-unreadable', exitCode: 2 },
    });
    expect(await documentOf('broken.json')).toMatchObject({
      exitCode: 3,
      error: { code: 'json-invalid', diagnostics: [{ code: 'json-syntax', source: { row: 1, column: 19 } }] },
    });
  });
});
