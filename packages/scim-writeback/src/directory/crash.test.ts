import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { ChangeRow, Directory, OrganizationDirectory } from './directory.ts';
import { sqliteStore, temporaryFile } from './test-store.ts';

interface Acknowledged {
  readonly operation: 'create' | 'update' | 'delete' | 'add';
  readonly id: string;
  readonly member?: string;
}

const writer = fileURLToPath(new URL('test-crash-writer.ts', import.meta.url));

/** CRASH_KILLS=20 before a release. */
const kills = Number(process.env.CRASH_KILLS ?? 3);

/** Kills a process that writes once it has acknowledged so many changes; gives all that it has acknowledged. */
async function writeAndKill(file: string, round: number, changes: number): Promise<readonly Acknowledged[]> {
  const child = spawn(process.execPath, ['--conditions=@oaa-kit/source', writer, file, `round-${round}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const acknowledged: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    // The last line may have been cut in two.
    if (!line.endsWith('}')) break;
    acknowledged.push(JSON.parse(line));
    if (acknowledged.length === changes) child.kill('SIGKILL');
  }
  const [, signal] = await closed;
  expect(signal).toBe('SIGKILL');
  return acknowledged;
}

const keyOf = ({ operation, id, member = '' }: Acknowledged) => `${operation} ${id} ${member}`;

/** What a change row acknowledges. */
function acknowledgedBy({ operation, id, facts }: ChangeRow): readonly string[] {
  const added = (facts.membersAdded ?? []).map((member) => keyOf({ operation: 'add', id, member }));
  return added.length > 0 ? added : [keyOf({ operation, id })];
}

/** The state that follows from the change rows alone. */
function replay(changes: readonly ChangeRow[]) {
  const versions = new Map<string, number>();
  const members = new Set<string>();
  for (const { operation, id, facts } of changes) {
    if (operation === 'delete') versions.delete(id);
    else versions.set(id, (versions.get(id) ?? 0) + 1);
    for (const member of facts.membersAdded ?? []) members.add(`${id} ${member}`);
    for (const group of facts.groupsLeft ?? []) {
      versions.set(group, (versions.get(group) ?? 0) + 1);
      members.delete(`${group} ${id}`);
    }
  }
  return { versions, members };
}

function rows(file: string, text: string): readonly Record<string, unknown>[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    return database.prepare(text).all();
  } finally {
    database.close();
  }
}

async function expectWhole(file: string, directory: Directory, acme: OrganizationDirectory): Promise<void> {
  const changes = await acme.changes(0, 1_000_000);
  expect(changes.map(({ revision }) => revision)).toEqual(changes.map((_, index) => index + 1));
  expect(await acme.revision()).toBe(changes.length);

  const { versions, members } = replay(changes);
  const stored = rows(file, 'SELECT id, version FROM resources');
  expect(new Map(stored.map(({ id, version }) => [id, version]))).toEqual(versions);
  const kept = rows(file, "SELECT group_id || ' ' || member_id AS pair FROM members");
  expect(new Set(kept.map(({ pair }) => pair))).toEqual(members);

  const users = rows(file, "SELECT id, user_name FROM resources WHERE kind = 'User' ORDER BY id");
  expect(rows(file, 'SELECT id, value AS user_name FROM unique_values ORDER BY id')).toEqual(users);
  const counted = rows(file, 'SELECT organization, kind, count(*) AS count FROM resources GROUP BY 1, 2 ORDER BY 1, 2');
  expect(await directory.size()).toEqual(counted);
  expect(rows(file, 'PRAGMA integrity_check')).toMatchObject([{ integrity_check: 'ok' }]);
}

test(
  'a process that is killed in the middle leaves every acknowledged change and no half one',
  async () => {
    const file = await temporaryFile();
    const before = await sqliteStore(file).open();
    await before.organizations.create({ id: 'acme', name: 'Acme' });
    await before.close();

    let last = 0;
    for (let round = 0; round < kills; round++) {
      const count = 100 + ((round * 617) % 1500);
      const acknowledged = await writeAndKill(file, round, count);
      const directory = await sqliteStore(file).open();
      const acme = directory.organization('acme');
      const logged = new Set((await acme.changes(last, 1_000_000)).flatMap(acknowledgedBy));
      expect(acknowledged.length).toBeGreaterThanOrEqual(count);
      expect(acknowledged.map(keyOf).filter((key) => !logged.has(key))).toEqual([]);
      await expectWhole(file, directory, acme);
      last = await acme.revision();
      await directory.close();
    }
  },
  kills * 40_000,
);
