import { DatabaseSync } from 'node:sqlite';
import type { MemberSnapshot, ResourceSnapshot, SqlTransaction } from '../directory/write-back.ts';
import type { ApplicationView } from './conformance/adapter-law.ts';
import { CustomJoiningAdapter } from './custom-joining-adapter.ts';
import type { JoiningAnswer } from './joining-adapter.ts';

/** Makes the tables of a shop in a database. */
export function makeShop(file: string): void {
  using database = open(file);
  database.connection.exec(`
    CREATE TABLE IF NOT EXISTS shop_accounts (id INTEGER PRIMARY KEY, login TEXT NOT NULL UNIQUE, enabled INTEGER NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS shop_teams (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;
    CREATE TABLE IF NOT EXISTS shop_members (
      team INTEGER NOT NULL REFERENCES shop_teams ON DELETE CASCADE,
      account INTEGER NOT NULL REFERENCES shop_accounts ON DELETE CASCADE,
      PRIMARY KEY (team, account)) STRICT;
    CREATE TABLE IF NOT EXISTS shop_log (text TEXT NOT NULL) STRICT;`);
}

/** What the shop holds, and what was done in it, in order. */
export function lookIntoShop(file: string): ApplicationView & { readonly log: readonly string[] } {
  using database = open(file);
  const all = (statement: string) => database.connection.prepare(statement).all();
  const members = all('SELECT team, login FROM shop_members JOIN shop_accounts ON id = account ORDER BY login');
  return {
    users: all('SELECT login, enabled FROM shop_accounts ORDER BY login').map(({ login, enabled }) => ({
      userName: String(login),
      active: enabled === 1,
    })),
    groups: all('SELECT id, name FROM shop_teams ORDER BY id').map(({ id, name }) => ({
      displayName: String(name),
      members: members.filter(({ team }) => team === id).map(({ login }) => String(login)),
    })),
    log: all('SELECT text FROM shop_log ORDER BY rowid').map(({ text }) => String(text)),
  };
}

function open(file: string) {
  const connection = new DatabaseSync(file, { timeout: 5_000 });
  return { connection, [Symbol.dispose]: () => connection.close() };
}

const applied: JoiningAnswer = { type: 'applied' };
const missing: JoiningAnswer = { type: 'refused', kind: 'not-found', reason: 'The shop does not have it.' };

/** An application that keeps its accounts in the database of the directory. */
export class Shop extends CustomJoiningAdapter {
  readonly name = 'shop';

  override async createUser({ attributes }: ResourceSnapshot, transaction: SqlTransaction): Promise<JoiningAnswer> {
    const { userName, active } = attributes;
    const [made] = await transaction.execute(
      'INSERT INTO shop_accounts (login, enabled) VALUES (?, ?) ON CONFLICT DO NOTHING RETURNING id',
      [String(userName), active === false ? 0 : 1],
    );
    if (made === undefined) return { type: 'refused', kind: 'conflict', reason: 'The shop has this login.' };
    return this.#done(transaction, `create ${userName}`, String(made.id));
  }

  override async updateUser(before: ResourceSnapshot, after: ResourceSnapshot, transaction: SqlTransaction) {
    const login = String(after.attributes.userName);
    const rows = await transaction.execute('UPDATE shop_accounts SET login = ? WHERE id = ? RETURNING id', [
      login,
      idOf(before),
    ]);
    return rows.length === 0 ? missing : this.#done(transaction, `update ${login}`);
  }

  override deactivateUser(before: ResourceSnapshot, _after: ResourceSnapshot, transaction: SqlTransaction) {
    return this.#enable(before, 0, transaction);
  }

  override reactivateUser(before: ResourceSnapshot, _after: ResourceSnapshot, transaction: SqlTransaction) {
    return this.#enable(before, 1, transaction);
  }

  override deleteUser(before: ResourceSnapshot, transaction: SqlTransaction) {
    return this.#delete('shop_accounts', before, transaction);
  }

  override async createGroup({ attributes }: ResourceSnapshot, transaction: SqlTransaction): Promise<JoiningAnswer> {
    const name = String(attributes.displayName);
    const [made] = await transaction.execute('INSERT INTO shop_teams (name) VALUES (?) RETURNING id', [name]);
    return this.#done(transaction, `create ${name}`, String(made?.id));
  }

  override async updateGroup(before: ResourceSnapshot, after: ResourceSnapshot, transaction: SqlTransaction) {
    const name = String(after.attributes.displayName);
    const rows = await transaction.execute('UPDATE shop_teams SET name = ? WHERE id = ? RETURNING id', [
      name,
      idOf(before),
    ]);
    return rows.length === 0 ? missing : this.#done(transaction, `update ${name}`);
  }

  override deleteGroup(before: ResourceSnapshot, transaction: SqlTransaction) {
    return this.#delete('shop_teams', before, transaction);
  }

  override async addMembers(group: ResourceSnapshot, members: readonly MemberSnapshot[], transaction: SqlTransaction) {
    const teams = await transaction.execute('SELECT id FROM shop_teams WHERE id = ?', [idOf(group)]);
    if (teams.length === 0) return missing;
    for (const member of members) {
      const accounts = await transaction.execute('SELECT id FROM shop_accounts WHERE id = ?', [idOf(member)]);
      if (accounts.length === 0) return missing;
      await transaction.execute('INSERT OR IGNORE INTO shop_members (team, account) VALUES (?, ?)', [
        idOf(group),
        idOf(member),
      ]);
    }
    return this.#done(transaction, `add ${members.map(({ name }) => name).join(' ')}`);
  }

  override async removeMembers(
    group: ResourceSnapshot,
    members: readonly MemberSnapshot[],
    transaction: SqlTransaction,
  ) {
    for (const member of members) {
      await transaction.execute('DELETE FROM shop_members WHERE team = ? AND account = ?', [idOf(group), idOf(member)]);
    }
    return this.#done(transaction, `remove ${members.map(({ name }) => name).join(' ')}`);
  }

  async #enable(before: ResourceSnapshot, enabled: 0 | 1, transaction: SqlTransaction): Promise<JoiningAnswer> {
    const rows = await transaction.execute('UPDATE shop_accounts SET enabled = ? WHERE id = ? RETURNING login', [
      enabled,
      idOf(before),
    ]);
    return rows.length === 0 ? missing : this.#done(transaction, `${enabled ? 'enable' : 'disable'} ${rows[0]?.login}`);
  }

  async #delete(table: 'shop_accounts' | 'shop_teams', before: ResourceSnapshot, transaction: SqlTransaction) {
    const id = idOf(before);
    const own = table === 'shop_accounts' ? 'account' : 'team';
    await transaction.execute(`DELETE FROM shop_members WHERE ${own} = ?`, [id]);
    const rows = await transaction.execute(`DELETE FROM ${table} WHERE id = ? RETURNING id`, [id]);
    return rows.length === 0 ? missing : this.#done(transaction, `delete ${id}`);
  }

  async #done({ execute }: SqlTransaction, text: string, nativeId?: string): Promise<JoiningAnswer> {
    await execute('INSERT INTO shop_log (text) VALUES (?)', [text]);
    return nativeId === undefined ? applied : { type: 'applied', nativeId };
  }
}

/** What the shop does not know has a number that it never gives. */
function idOf({ nativeId }: { readonly nativeId: string | undefined }): number {
  const id = Number(nativeId);
  return Number.isSafeInteger(id) ? id : -1;
}
