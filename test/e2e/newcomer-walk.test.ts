import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { indexAccess, whoCan } from '@oaa-kit/oaa/graph';
import { createSandbox, type Sandbox } from '@oaa-kit/registrar/sandbox';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { captureCli } from '../support/capture-cli.ts';

/** What a spreadsheet in a German warehouse saves: semicolons, another encoding, dates of its own, lists in cells. */
const staff = `Kennung;Vorname;Nachname;E-Mail;Abteilung;Eintritt;Letzte Anmeldung;Aktiv;Geburtsdatum;Rollen
abecker;Anna;Becker;anna.becker@lager-nord.example;Wareneingang;01.04.2019;20.11.2026 07:58;ja;12.03.1988;Lagerist
cdemir;Can;Demir;can.demir@lager-nord.example;Wareneingang;15.09.2021;21.11.2026 06:02;ja;30.07.1995;Lagerist, Staplerfahrer
egrün;Elif;Grün;elif.gruen@lager-nord.example;Leitung;02.01.2015;19.11.2026 16:40;ja;01.01.1980;Schichtleitung, Lagerist
hjäger;Henrik;Jäger;henrik.jaeger@lager-nord.example;Versand;17.06.2020;nie;nein;22.02.1990;
inventur;;;;IT;05.05.2022;21.11.2026 01:00;ja;;
`;
const grants = `Kennung;Lagerort;Recht;Befristet bis
abecker;Halle 1;einlagern;
cdemir;Halle 1;einlagern;31.12.2026
cdemir;Halle 2;auslagern;
egrün;Halle 1;sperren;
egrün;Halle 2;sperren;
inventur;Halle 1;zählen;
mweber;Halle 2;auslagern;
`;

const asSaved = (text: string): Buffer => Buffer.from(text.replaceAll('\n', '\r\n'), 'latin1');

let folder: string;
let sandbox: Sandbox;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-walk-'));
  sandbox = await createSandbox();
  await writeFile(join(folder, 'staff.csv'), asSaved(staff));
  await writeFile(join(folder, 'grants.csv'), asSaved(grants));
});
afterAll(async () => {
  await sandbox.close();
  await rm(folder, { recursive: true });
});

const oaa = (...argv: string[]) =>
  captureCli(argv, {
    cwd: folder,
    env: { VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey, OAA_STATE_DIR: join(folder, 'state') },
  });
const read = (name: string) => readFile(join(folder, name), 'utf8');

test('somebody with two files of a spreadsheet gets to a pushed payload', async () => {
  // 1. A first mapping, which says what is left to decide.
  const suggested = await oaa(
    'mapping',
    'suggest',
    'staff.csv',
    'grants.csv',
    '--application',
    'Lager',
    '--out',
    'mapping.yaml',
  );
  expect(suggested).toMatchObject({ exitCode: 0, stdout: 'Wrote mapping.yaml, a first mapping for 2 files.\n' });
  const mapping = await read('mapping.yaml');
  const checks = mapping.replaceAll(/\n\s*# (?!CHECK)/g, ' ').match(/CHECK: .*/g);
  expect(checks?.map((check) => check.slice(7, 40))).toEqual([
    'no file says what these allow. Gi',
    'the file is not UTF-8, and its en',
    'the file is not UTF-8, and its en',
    'nothing uses "Befristet bis". If ',
    'no row describes the users "mwebe',
  ]);

  // 2. What comes out of it, without an edit.
  const preview = await oaa('build', '--mapping', 'mapping.yaml', '--preview', '1');
  expect(preview.exitCode).toBe(0);
  expect(JSON.parse(preview.stdout).applications[0].local_users).toEqual([
    {
      id: 'abecker',
      name: 'Anna Becker',
      email: 'anna.becker@lager-nord.example',
      identities: ['anna.becker@lager-nord.example'],
      is_active: true,
      last_login_at: '2026-11-20T07:58:00Z',
      custom_properties: { abteilung: 'Wareneingang', eintritt: '2019-04-01T00:00:00Z' },
    },
  ]);
  expect(preview.stderr).toContain('warning grants.csv:8:Kennung: There is no user "mweber".');
  expect(preview.stdout).not.toContain('1988');

  // 3. What only a person knows: what the permissions allow.
  const decided = mapping
    .replace('name: einlagern, effects: [ Uncategorized ]', 'name: einlagern, effects: [ DataCreate ]')
    .replace('name: sperren, effects: [ Uncategorized ]', 'name: sperren, effects: [ DataWrite ]')
    .replace('name: zählen, effects: [ Uncategorized ]', 'name: zählen, effects: [ DataRead ]');
  await writeFile(join(folder, 'mapping.yaml'), decided);

  // 4. A row goes wrong: the message leads to it, nothing is written, and the row can be had with its reason.
  await writeFile(
    join(folder, 'staff.csv'),
    asSaved(`${staff}kneu;Kai;Neu;kai.neu@lager-nord.example;Versand;2026-11-01;;ja;;\n`),
  );
  const refused = await oaa('build', '--mapping', 'mapping.yaml', '--out', 'payload.json', '--rejects', 'rejects.csv');
  expect(refused).toMatchObject({ exitCode: 3, stdout: '' });
  expect(refused.stderr).toContain('staff.csv:7:Eintritt: "2026-11-01" is not a date of the form DD.MM.YYYY.');
  expect(refused.stderr).toContain('The rows of staff.csv with their reasons are in rejects.staff.csv (1 row).');
  expect(await read('rejects.staff.csv')).toContain('kneu;Kai;Neu;');
  await expect(read('payload.json')).rejects.toThrow('ENOENT');

  // 5. Corrected, built, looked at, pushed.
  await writeFile(join(folder, 'staff.csv'), asSaved(staff));
  const built = await oaa('build', '--mapping', 'mapping.yaml', '--out', 'payload.json');
  expect(built.exitCode).toBe(0);
  expect(built.stdout).toMatch(
    /^Built payload\.json: 1 application, 5 users, 3 roles, 2 resources, 7 permissions, 10 grants\.\n/,
  );
  expect((await oaa('validate', 'payload.json')).exitCode).toBe(0);
  const target = ['--provider', 'Lager', '--data-source', 'lager-nord.example', '--create-provider'];
  expect((await oaa('push', 'payload.json', ...target, '--dry-run')).exitCode).toBe(0);
  expect((await oaa('push', 'payload.json', ...target)).exitCode).toBe(0);

  // 6. The tenant has what the files say, and no more.
  const payload = JSON.parse(await read('payload.json'));
  expect(sandbox.dataSource('Lager', 'lager-nord.example')?.payload).toEqual(payload);
  const access = indexAccess(payload);
  const holders = [...whoCan(access, { permission: 'sperren', resource: 'Halle 2' })];
  expect(holders.map(({ key }) => key)).toEqual(['egrün']);
});
