import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import { afterEach, describe, expect, test } from 'vitest';
import { temporaryFile } from '../test-store.ts';
import { nodeSqliteDialect } from './node-sqlite.ts';
import type { Tables } from './tables.ts';
import { WriteQueue } from './write-queue.ts';

const opened: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of opened.splice(0)) await close();
});

/** A queue for a table of notes; one about a topic that is not there makes the commit fail. Its time stands still. */
async function noteQueue(nowMs = () => 0) {
  const file = await temporaryFile();
  const database = new DatabaseSync(file, { timeout: 0 });
  database.exec(`
    PRAGMA journal_mode = WAL;
    PRAGMA foreign_keys = ON;
    CREATE TABLE topics (id TEXT PRIMARY KEY);
    CREATE TABLE notes (
      text TEXT UNIQUE,
      topic TEXT REFERENCES topics (id) DEFERRABLE INITIALLY DEFERRED
    )`);
  const statements: string[] = [];
  const db = new Kysely<Tables>({
    dialect: nodeSqliteDialect(database),
    log: ({ query }) => {
      statements.push(query.sql);
    },
  });
  opened.push(() => db.destroy());
  const queue = new WriteQueue(db, undefined, nowMs);
  const note = (text: string, topic: string | null = null) =>
    queue.write(async (connection) => {
      await sql`insert into notes values (${text}, ${topic})`.execute(connection);
      return text;
    });
  const reader = new DatabaseSync(file);
  opened.push(async () => reader.close());
  const notes = () =>
    reader
      .prepare('SELECT text FROM notes ORDER BY rowid')
      .all()
      .map(({ text }) => text);
  const commits = () => statements.filter((text) => text === 'commit').length;
  return { file, queue, note, notes, commits };
}

describe('changes that wait together', () => {
  test('share a commit, in the order in which they came', async () => {
    const { note, notes, commits } = await noteQueue();
    const texts = Array.from({ length: 60 }, (_, index) => `note ${index}`);
    expect(await Promise.all(texts.map((text) => note(text)))).toEqual(texts);
    expect(notes()).toEqual(texts);
    expect(commits()).toBe(1);
  });

  test('share it with not more than 63 others', async () => {
    const { note, notes, commits } = await noteQueue();
    await Promise.all(Array.from({ length: 200 }, (_, index) => note(`note ${index}`)));
    expect(notes()).toHaveLength(200);
    expect(commits()).toBeGreaterThanOrEqual(4);
  });

  test('do not wait for others when those before have taken their time', async () => {
    let now = 0;
    const { note, commits } = await noteQueue(() => (now += 10));
    await Promise.all(['a', 'b', 'c', 'd'].map((text) => note(text)));
    expect(commits()).toBe(2);
  });

  test('are acknowledged only once others can read them', async () => {
    const { note, notes } = await noteQueue();
    await Promise.all(['a', 'b', 'c'].map((text) => note(text).then(() => expect(notes()).toContain('c'))));
  });

  test('do not suffer from one that fails, halfway or at once', async () => {
    const { queue, note, notes } = await noteQueue();
    const half = queue.write(async (db) => {
      await sql`insert into notes values ('half', null)`.execute(db);
      throw new Error('on second thoughts');
    });
    const outcomes = await Promise.allSettled([note('a'), half, note('a'), note('b')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { message: 'on second thoughts' } });
    expect(notes()).toEqual(['a', 'b']);
  });

  test('are all refused when the commit fails; those that come later are not', async () => {
    const { note, notes } = await noteQueue();
    const outcomes = await Promise.allSettled([note('a'), note('b', 'no such topic'), note('c')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect(outcomes[0]).toMatchObject({ reason: { message: expect.stringContaining('none of the changes') } });
    await note('d');
    expect(notes()).toEqual(['d']);
  });

  test.each(['and the change fails', 'and the change does not notice'])(
    'are all refused when the database gives up the transaction, %s',
    async (how) => {
      const { queue, note, notes } = await noteQueue();
      const before = note('a');
      const lost = queue.write(async (db) => {
        // What SQLite does by itself when the disk is full.
        await sql`rollback`.execute(db);
        if (how === 'and the change fails') throw new Error('disk full');
      });
      const outcomes = await Promise.allSettled([before, lost]);
      const told = how === 'and the change fails' ? 'disk full' : 'none of the changes';
      expect(outcomes).toMatchObject([
        { status: 'rejected', reason: { message: expect.stringContaining('none of the changes') } },
        { status: 'rejected', reason: { message: expect.stringContaining(told) } },
      ]);
      await note('b');
      expect(notes()).toEqual(['b']);
    },
  );
});

test('a change waits while another process writes', async () => {
  const { file, note, notes } = await noteQueue();
  const other = new DatabaseSync(file);
  other.exec("BEGIN IMMEDIATE; INSERT INTO notes VALUES ('theirs', NULL)");
  const mine = note('mine');
  // The event loop goes on turning while it waits.
  for (let turn = 0; turn < 50; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(notes()).toEqual([]);
  other.exec('COMMIT');
  other.close();
  await mine;
  expect(notes()).toEqual(['theirs', 'mine']);
});

test('closing waits for what was begun and takes no more', async () => {
  const { queue, note, notes } = await noteQueue();
  const changes = ['a', 'b'].map((text) => note(text));
  const closed = queue.close();
  await expect(note('late')).rejects.toThrow('The directory is closed.');
  await closed;
  expect(notes()).toEqual(['a', 'b']);
  await Promise.all(changes);
  await queue.close();
});
