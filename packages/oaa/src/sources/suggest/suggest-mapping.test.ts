import { readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { hasErrors } from '../../payload/diagnostics.ts';
import { validate } from '../../payload/validate.ts';
import { buildPayload } from '../mapping/map-sources.ts';
import { parseMapping } from '../mapping/read-mapping.ts';
import { readSample } from './read-sample.ts';
import { suggestMapping } from './suggest-mapping.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-suggest-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** The mapping that is suggested for files, and what it builds without being touched. */
async function suggest(files: Readonly<Record<string, string>>, application?: string) {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const samples = await Promise.all(Object.keys(files).map((name) => readSample(join(folder, name), name)));
  const { text, checks } = suggestMapping(samples, application);
  expect(suggestMapping(samples, application).text).toBe(text);
  const document = parseMapping(text, 'mapping.yaml');
  const { payload, diagnostics } = await buildPayload(document, { folder });
  const wire = payload.toJSON();
  expect(hasErrors(validate(wire))).toBe(false);
  return { text, checks, mapping: document.mapping, wire, diagnostics, application: wire.applications[0] };
}

describe('users', () => {
  test('ids, names, dates, truth and the rest as properties', async () => {
    const { mapping } = await suggest({
      'staff.csv':
        'Kennung;Vorname;Nachname;E-Mail;Letzte Anmeldung;Gesperrt;Abteilung;Kostenstelle\n' +
        'kim;Kim;Berg;kim@example.com;20.11.2026 07:58;nein;IT;0815\nlee;Lee;Dahl;lee@example.com;nie;ja;IT;0816\n',
    });
    expect(mapping.sources).toMatchObject([
      {
        csv: { delimiter: ';' },
        map: [
          {
            user: {
              id: 'Kennung',
              name: '{{Vorname}} {{Nachname}}',
              email: 'E-Mail',
              identities: 'E-Mail',
              isActive: { column: 'Gesperrt', true: ['false', 'f', 'no', 'n', '0', 'nein'] },
              lastLoginAt: { column: 'Letzte Anmeldung', format: 'DD.MM.YYYY HH:mm', map: { nie: '' } },
              properties: { abteilung: 'Abteilung', kostenstelle: 'Kostenstelle' },
            },
          },
        ],
      },
    ]);
    expect(mapping.properties).toEqual({ user: { abteilung: 'STRING', kostenstelle: 'STRING' } });
  });

  test('the key is the column that other files refer to', async () => {
    const { mapping } = await suggest({
      'users.csv': 'user_id,login,email\n1,kim,kim@example.com\n2,lee,lee@example.com\n',
      'user_roles.csv': 'user,role\nlee@example.com,admin\n',
    });
    expect(mapping.sources[0]?.map[0]?.user).toMatchObject({ name: 'email' });
  });

  test('secrets and private data are left out, and this is said', async () => {
    const { text, application } = await suggest({
      'users.csv': 'login,password,birthday,city\nkim,hunter2,1990-01-01,Oslo\n',
    });
    expect(JSON.stringify(application)).not.toMatch(/hunter2|1990/);
    expect(text).toContain('# Left out, because it looks secret or private: "password", "birthday".');
  });

  test('rows that come again with other values are a warning, and to be checked', async () => {
    const { text, diagnostics } = await suggest({
      'users.csv': 'user_id,email,role\n1,a@example.com,admin\n1,b@example.com,clerk\n',
    });
    expect(text).toContain('# CHECK: "1" comes again with another "email".');
    expect(diagnostics.map(({ code }) => code)).toEqual(['conflicting-row']);
  });

  test('dates that could be read in two ways are to be checked', async () => {
    const { text } = await suggest({ 'users.csv': 'login,created\nkim,03/04/2024\n' });
    expect(text).toContain('CHECK: day or month first?');
  });
});

describe('access is not invented', () => {
  test('roles and permissions that no file explains are Uncategorized, and to be filled in', async () => {
    const { text, wire } = await suggest({
      'users.csv': 'login,roles,permission\nkim,admin;clerk,delete all\n',
    });
    expect(wire.permissions.map(({ name, permission_type }) => [name, permission_type])).toEqual([
      ['admin', ['Uncategorized']],
      ['clerk', ['Uncategorized']],
      ['delete all', ['Uncategorized']],
    ]);
    expect(text).toMatch(/# CHECK: no file says what these allow/);
    expect(text).toContain('# Perhaps DataDelete?\n');
  });

  test('effects that a file tells are taken; those that are not canonical are to be filled in', async () => {
    const { wire, text } = await suggest({
      'permissions.csv': 'permission,effect\nsee,DataRead\nbackup,copy\nwrite,datawrite\n',
      'users.csv': 'login,permission\nkim,see\n',
    });
    expect(wire.permissions.map(({ permission_type }) => permission_type)).toEqual([
      ['DataRead'],
      ['Uncategorized'],
      ['DataWrite'],
    ]);
    expect(text).toContain('CHECK: say what these mean');
  });

  test('a grant is never wider than its row: a column that names a place limits it', async () => {
    const { wire } = await suggest({
      'grants.csv': 'login,Lagerort,Recht\nkim,Halle 1,sperren\nkim,,zählen\n',
      'users.csv': 'login,name\nkim,Kim\n',
    });
    expect(wire.identity_to_permissions).toEqual([
      {
        identity: 'kim',
        identity_type: 'local_user',
        application_permissions: [{ application: 'My Application', resources: ['Halle 1'], permission: 'sperren' }],
      },
    ]);
  });

  test('columns of grants that nothing uses are to be checked', async () => {
    const { text } = await suggest({
      'grants.csv': 'login,permission,valid until\nkim,read,2027-01-01\n',
      'users.csv': 'login,name\nkim,Kim\n',
    });
    expect(text).toContain('CHECK: nothing uses "valid until".');
  });

  test('somebody whom no row describes is left out with a warning', async () => {
    const { text, diagnostics, application } = await suggest({
      'users.csv': 'login,name\nkim,Kim\n',
      'user_roles.csv': 'login,role\nkim,admin\nlee,admin\n',
    });
    expect(application?.local_users?.map(({ name }) => name)).toEqual(['Kim']);
    expect(diagnostics.map(({ code, severity }) => [code, severity])).toEqual([['dangling-user', 'warning']]);
    expect(text).toContain('CHECK: no row describes the users "lee".');
  });

  test('a row with a user and a group does not give the group what the user has', async () => {
    const { wire } = await suggest({
      'users.csv': 'login,name\nkim,Kim\nlee,Lee\n',
      'access.csv': 'login,group,role\nkim,sales,admin\nlee,sales,clerk\n',
    });
    expect(wire.identity_to_permissions.map(({ identity_type }) => identity_type)).toEqual([
      'local_user',
      'local_user',
    ]);
    expect(wire.applications[0]?.local_users?.map(({ groups }) => groups)).toEqual([['sales'], ['sales']]);
  });

  test('applications of a column are kept apart', async () => {
    const { wire } = await suggest({ 'access.csv': 'user,application,role\nkim,A,admin\nkim,B,admin\n' });
    expect(wire.applications.map(({ name }) => name)).toEqual(['A', 'B']);
  });
});

describe('groups and JSON', () => {
  test('membership rows, groups of groups files, and lists', async () => {
    const { mapping, application } = await suggest({
      'users.json': '[{"userName":"kim","active":true,"groups":["a"]},{"userName":"lee","active":false,"groups":[]}]',
      'groups.csv': 'group_id,group_name,member\na,Alpha,kim\na,Alpha,lee\nb,Beta,\n',
    });
    expect(mapping.sources[1]?.map).toEqual([
      { group: { conflicts: 'error', id: 'group_id', name: 'group_name', members: 'member' } },
    ]);
    expect(application?.local_users?.map(({ groups }) => groups)).toEqual([['a'], ['a']]);
  });

  test('the name of the application is asked for, given, or told by a column', async () => {
    const files = { 'users.csv': 'login,application\nkim,Shop\n' };
    expect((await suggest(files)).wire.applications[0]?.name).toBe('Shop');
    expect((await suggest(files, 'Store')).wire.applications[0]?.name).toBe('Store');
    expect((await suggest({ 'users.csv': 'login\nkim\n' })).text).toContain('# CHECK: the name of this instance;');
  });
});

describe('golden files', () => {
  const golden = join(import.meta.dirname, '../../../../../test/fixtures/golden/csv');
  test.each([
    ['simple_csv', { users: 2, groups: 0, roles: 2 }],
    ['app-csv-import', { users: 11, groups: 3, roles: 6 }],
    ['hris_csv', { users: 20, groups: 0, roles: 0 }],
  ])('%s builds without editing', async (name, counts) => {
    const own = join(golden, name);
    const files = readdirSync(own)
      .filter((file) => file.endsWith('.csv'))
      .sort();
    const samples = await Promise.all(files.map((file) => readSample(join(own, file), file)));
    const { text } = suggestMapping(samples);
    const { payload } = await buildPayload(parseMapping(text, 'mapping.yaml'), { folder: own });
    const wire = payload.toJSON();
    expect(hasErrors(validate(wire))).toBe(false);
    const [application] = wire.applications;
    expect({
      users: application?.local_users?.length,
      groups: application?.local_groups?.length,
      roles: application?.local_roles?.length,
    }).toEqual(counts);
  });

  test('LAST_LOGIN is the last login, and not when a user was created', async () => {
    const sample = await readSample(join(golden, 'simple_csv/sample.csv'), 'sample.csv');
    const { text } = suggestMapping([sample]);
    expect(text).toContain('lastLoginAt: LAST_LOGIN');
    expect(text).not.toContain('createdAt');
  });
});

describe('hostile files', () => {
  const wide = Array.from({ length: 500 }, (_, index) => `c${index}`).join(',');
  test.each([
    ['one column', 'x\n1\n2\n'],
    ['a header alone', 'x\n'],
    ['500 columns', `${wide}\n${wide}\n`],
    [
      'signs of YAML and handlebars',
      '"user ""name""","{{evil}}","a: b","# c","- d","[e]","true","null","&x *y !z","% @ `","a}}{{b"\n1,2,3,4,5,6,7,8,9,10,11\n',
    ],
    ['line breaks and control characters', '"login\nname","\u0007\u001b[31m","\u2028"\nkim,2,3\n'],
    ['names of Object.prototype', '__proto__,constructor,toString,login\n1,2,3,kim\n'],
    ['all headers alike', 'a,a,a,a\n1,2,3,4\n'],
    ['no headers', ',,\n1,2,3\n'],
    ['other scripts', '名前,ロール,Почта\n太郎,管理者,taro@example.com\n'],
    ['keys with gaps', 'login,role\nkim,admin\n,clerk\n'],
    ['a name with brackets in a condition', 'login,[role]\nkim,admin\n'],
  ])('%s', async (_title, text) => {
    const suggested = await suggest({ 'hostile.csv': text });
    expect(['\u0007', '\u001b', '\u2028'].filter((sign) => suggested.text.includes(sign))).toEqual([]);
  });
});
