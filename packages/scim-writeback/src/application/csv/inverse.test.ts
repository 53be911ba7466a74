import { InputError } from '@oaa-kit/oaa';
import { expect, test } from 'vitest';
import { csvApplication, shopFiles, shopMapping } from './test-csv-application.ts';

/** What is wrong with a mapping, place by place. */
async function problems(mapping: string): Promise<string[]> {
  try {
    const { adapter } = await csvApplication(shopFiles, mapping);
    await adapter.check();
    return [];
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return error.diagnostics.map(({ source, message }) => `${source?.row}:${source?.column} ${message}`);
  }
}

const words = '"true": "yes", "false": "no" }\n    newRows';
const constants = '    newRows: { note: new }';
const userTeams = 'users: { column: teams, list: ";" }';

test.each([
  [
    'an attribute in the column of another',
    'mail: emails\n',
    'mail: nickName\n',
    ['24:7 The sources read emails, and no column is written from it.'],
  ],
  [
    'an attribute that is read and not written',
    '      title: title\n      active',
    '      active',
    ['24:7 The sources read title, and no column is written from it.'],
  ],
  [
    'a word that the sources do not know',
    words,
    words.replace('yes', 'on'),
    ['24:7 "create-user" of a sample is refused: users.csv would not be readable: "on" is neither true nor false.'],
  ],
  [
    'words the other way round',
    words,
    words.replace('yes', 'x').replace('no', 'yes').replace('x', 'no'),
    ['24:7 "create-user" of a sample is refused: users.csv cannot say active "true": it would be read as "false".'],
  ],
  [
    'another delimiter',
    userTeams,
    userTeams.replace(';', '|'),
    ['36:12 What is written cannot be read: There is no group "oaa-kit.sample.1|oaa-kit.sample.2".'],
  ],
  [
    'memberships in a column that nobody reads',
    userTeams,
    userTeams.replace('teams', 'note'),
    ['36:12 A member of the groups ["oaa-kit.sample.1"] is read as one of [].'],
  ],
  [
    'a key that is not the one that is read',
    'key: login',
    'key: mail',
    [
      '24:7 "create-user" of a sample is refused: The row in users.csv would not be read as the user "oaa-kit.sample.1@example.com".',
    ],
  ],
  [
    'a column that is not there',
    'key: login\n    columns:\n      login:',
    'key: logon\n    columns:\n      logon:',
    [
      '22:10 users.csv has no column "logon". Did you mean "login"?',
      '24:14 users.csv has no column "logon". Did you mean "login"?',
    ],
  ],
  [
    'an attribute that there is not',
    'title: title\n      active',
    'title: titel\n      active',
    [
      '26:14 There is no attribute "titel" to write. Did you mean "title"?',
      '24:7 The sources read title, and no column is written from it.',
    ],
  ],
  [
    'a file that is not read',
    'file: users.csv\n    key',
    'file: user.csv\n    key',
    ['21:11 No source of the mapping is user.csv.'],
  ],
  [
    'a deletion that is read as none',
    constants,
    `${constants}\n    delete: { column: note, value: gone }`,
    ['29:13 A deleted user is still read.', '29:13 A deleted user is still read.'],
  ],
  [
    'a column that is written twice',
    constants,
    '    newRows: { title: new }',
    ['28:23 The column "title" would be written twice.'],
  ],
  [
    'a constant that spreadsheets would run',
    constants,
    '    newRows: { note: "=x" }',
    [
      '24:7 "create-user" of a sample is refused: "=x" begins like a formula, which spreadsheets would run; the file has no formulaGuard.',
    ],
  ],
  [
    'memberships that would take users away',
    userTeams,
    'users: { file: users.csv, member: login, group: teams }',
    ['36:20 users.csv describes users or groups: with its membership a row would take them away.'],
  ],
  [
    'a file that cannot be written',
    /file: grants.csv/g,
    'file: grants.csv.gz',
    [
      '29:26 grants.csv.gz cannot be written into: it is compressed, or no CSV file.',
      '34:26 grants.csv.gz cannot be written into: it is compressed, or no CSV file.',
    ],
  ],
] as const)('%s is told before anything is written, with its place', async (_, part, other, expected) => {
  const mapping = shopMapping.replaceAll(part, other);
  expect(mapping).not.toBe(shopMapping);
  expect(await problems(mapping)).toEqual(expected);
});

test('a mapping without writeBack is refused', async () => {
  await expect(csvApplication(shopFiles, shopMapping.slice(0, shopMapping.indexOf('writeBack:')))).rejects.toThrow(
    'has no writeBack',
  );
});

test('files that cannot be read are told with the place that names them', async () => {
  const { adapter } = await csvApplication({ ...shopFiles, 'teams.csv': '' });
  await expect(adapter.check()).rejects.toThrow(/mapping\.yaml:31:11: teams\.csv .* has no header row/);
});

test('a fault anywhere in a file is told before anything is written, with its row', async () => {
  const grants = `kind,holder\n${'user,kim\n'.repeat(50_000)}user,"kim\n`;
  const { adapter } = await csvApplication({ ...shopFiles, 'grants.csv': grants });
  await expect(adapter.check()).rejects.toThrow(/grants\.csv:50002: a quote is opened and never closed/);
});
