import { DatabaseSync } from 'node:sqlite';
import { Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { expect, test } from 'vitest';
import { standardProfile } from '../../protocol/profile.ts';
import { ResourceSchema } from '../../protocol/schemas/resource-schema.ts';
import { userResourceType } from '../../protocol/schemas/resource-types.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { readSort } from '../../protocol/sort/read-sort.ts';
import { context, userUrn } from '../conformance/law.ts';
import type { Directory, OrganizationDirectory } from '../directory.ts';
import { sqliteStore, temporaryFile } from '../test-store.ts';
import { filterOf } from './filter/test-list.ts';
import { migrationProvider } from './migrations.ts';
import { nodeSqliteDialect } from './node-sqlite.ts';
import type { Tables } from './tables.ts';

const users = new ResourceSchema(userResourceType);

const attributesOf = (userName: string, ...emails: readonly string[]): ScimObject => ({
  schemas: [userUrn],
  userName,
  ...(emails.length > 0 && { emails: emails.map((value) => ({ value })) }),
});

async function found(organization: OrganizationDirectory, filter: string): Promise<readonly unknown[]> {
  const query = {
    filter: filterOf(filter, users),
    sort: readSort({}, users, standardProfile),
    page: { startIndex: 1, count: 100 },
  };
  return (await organization.list('User', query)).resources.map(({ attributes }) => attributes.userName);
}

/** The rows of the index, read beside the directory. */
function rows(file: string): readonly string[] {
  const database = new DatabaseSync(file);
  const kept = database.prepare('SELECT organization, attribute, value, id FROM searched_values ORDER BY 1, 2, 3, 4');
  const texts = kept.all().map((row) => Object.values(row).join(' '));
  database.close();
  return texts;
}

async function withAcme(use: (acme: OrganizationDirectory, file: string, directory: Directory) => Promise<void>) {
  const file = await temporaryFile();
  const directory = await sqliteStore(file).open();
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  await use(directory.organization('acme'), file, directory);
  await directory.close();
}

test('e-mail values are kept folded, once each, and change with those of the user', () =>
  withAcme(async (acme, file) => {
    const attributes = attributesOf('jane', 'Jane@École.fr', 'jane@e\u0301cole.FR', 'j@x');
    const { id } = await acme.create('User', { attributes }, context);
    expect(rows(file)).toEqual([`acme emails j@x ${id}`, `acme emails jane@école.fr ${id}`]);
    const write = (...emails: string[]) =>
      acme.update('User', id, () => ({ attributes: attributesOf('jane', ...emails) }), context);
    await write('JANE@ÉCOLE.FR', 'new@x');
    expect(rows(file)).toEqual([`acme emails jane@école.fr ${id}`, `acme emails new@x ${id}`]);
    expect(await found(acme, 'emails eq "j@x"')).toEqual([]);
    expect(await found(acme, 'emails.value eq "jane@e\u0301cole.fr"')).toEqual(['jane']);
    await write();
    expect(rows(file)).toEqual([]);
    expect(await found(acme, 'emails eq "new@x"')).toEqual([]);
  }));

test('e-mail values go with a deleted user, those of others stay', () =>
  withAcme(async (acme, file) => {
    const { id } = await acme.create('User', { attributes: attributesOf('jane', 'a@x', 'shared@x') }, context);
    const joe = await acme.create('User', { attributes: attributesOf('joe', 'shared@x') }, context);
    expect(await found(acme, 'emails eq "SHARED@x"')).toEqual(['jane', 'joe']);
    await acme.delete('User', id, () => undefined, context);
    expect(rows(file)).toEqual([`acme emails shared@x ${joe.id}`]);
    expect(await found(acme, 'emails eq "shared@x"')).toEqual(['joe']);
  }));

test('a change that is refused leaves no value behind', () =>
  withAcme(async (acme, file) => {
    const { id } = await acme.create('User', { attributes: attributesOf('jane', 'a@x') }, context);
    const joe = await acme.create('User', { attributes: attributesOf('joe') }, context);
    await expect(acme.create('User', { attributes: attributesOf('JANE', 'b@x') }, context)).rejects.toThrow('userName');
    const clash = () => ({ attributes: attributesOf('jane', 'c@x') });
    await expect(acme.update('User', joe.id, clash, context)).rejects.toThrow('userName');
    expect(rows(file)).toEqual([`acme emails a@x ${id}`]);
  }));

test('another organization has its own', () =>
  withAcme(async (acme, _file, directory) => {
    await directory.organizations.create({ id: 'other', name: 'Other' });
    const other = directory.organization('other');
    await acme.create('User', { attributes: attributesOf('jane', 'a@x') }, context);
    await other.create('User', { attributes: attributesOf('joe', 'a@x') }, context);
    expect(await found(other, 'emails[value sw "A"]')).toEqual(['joe']);
  }));

test('of long values the beginning is kept, and the whole value decides', () =>
  withAcme(async (acme, file) => {
    const long = `${'x'.repeat(255)}\u{1d4b3}`;
    await acme.create('User', { attributes: attributesOf('jane', `${long}1`) }, context);
    await acme.create('User', { attributes: attributesOf('joe', `${long}2`) }, context);
    expect(rows(file).map((row) => row.split(' ')[2])).toEqual(Array(2).fill(`${'x'.repeat(255)}\ufffd`));
    expect(await found(acme, `emails eq "${long}1"`)).toEqual(['jane']);
    expect(await found(acme, `emails eq "${long}"`)).toEqual([]);
    expect(await found(acme, `emails sw "${long}"`)).toEqual(['jane', 'joe']);
    expect(await found(acme, `emails sw "${long}2"`)).toEqual(['joe']);
    expect(await found(acme, `emails sw "${'x'.repeat(255)}"`)).toEqual(['jane', 'joe']);
  }));

test('a database from before has the values of all its users once it is opened', async () => {
  const file = await temporaryFile();
  const connection = new DatabaseSync(file);
  connection.exec(`PRAGMA application_id = ${0x7363696d}`);
  const db = new Kysely<Tables>({ dialect: nodeSqliteDialect(connection) });
  const { error } = await new Migrator({ db, provider: migrationProvider }).migrateTo('0002-write-back');
  expect(error).toBeUndefined();
  const userNames = Array.from({ length: 1_001 }, (_, index) => `user${String(index).padStart(4, '0')}`);
  for (const organization of ['acme', 'other']) {
    await db.insertInto('organizations').values({ id: organization, name: 'Acme', created_at: 'now' }).execute();
    for (const id of userNames) {
      const document = JSON.stringify(attributesOf(id, `${id}@X`));
      const row = {
        organization,
        id,
        kind: 'User',
        document,
        version: 1,
        created: 'now',
        last_modified: 'now',
      } as const;
      await db.insertInto('resources').values(row).execute();
    }
  }
  await db.destroy();
  const directory = await sqliteStore(file).open();
  expect(rows(file)).toHaveLength(2_002);
  for (const userName of ['user0000', 'user0500', 'user1000']) {
    expect(await found(directory.organization('other'), `emails eq "${userName}@x"`)).toEqual([userName]);
  }
  await directory.close();
});
