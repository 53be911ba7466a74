import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { RetryLaterError } from '../directory/retry-later-error.ts';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import { TransactionEndedError } from '../directory/transaction-ended-error.ts';
import type { ApplicationOperation, SqlTransaction } from '../directory/write-back.ts';
import { makeTestChange, type TestChange } from './test-change.ts';
import type { JoinedCrash } from './test-crash-joined-node.ts';
import { lookIntoShop, makeShop, Shop } from './test-shop.ts';
import { anyway, context, group, set, user } from './test-write-back.ts';
import { WriteBackDirectory } from './write-back-directory.ts';
import type { WriteBackEvent } from './write-back-event.ts';
import type { WriteBackOptions } from './write-back-options.ts';

const everything = { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 100 } };

/** An organization whose application is in the database of the directory. */
async function openShop(adapter: Shop = new Shop(), options: Partial<WriteBackOptions> = {}) {
  const file = await temporaryFile();
  const directory = await sqliteStore(file).open();
  makeShop(file);
  await directory.organizations.create({ id: 'acme', name: 'Acme' });
  const [plain, intents] = [directory.organization('acme'), directory.intents('acme')];
  const events: WriteBackEvent[] = [];
  const acme = new WriteBackDirectory(plain, intents, {
    adapter,
    leaseMs: 300,
    recoverEveryMs: 20,
    retry: { firstMs: 20, longestMs: 100, attempts: 3 },
    onEvent: (event) => events.push(event),
    ...options,
  });
  onTestFinished(async () => {
    await acme.close();
    await directory.close();
  });
  return { file, directory, plain, intents, acme, events, look: () => lookIntoShop(file) };
}

describe('an adapter that joins the transaction of the directory', () => {
  test('changes its application and the directory at once, and links what it made', async () => {
    const { acme, directory, plain, intents, look } = await openShop();
    const jane = await acme.create('User', user('jane'), context);
    const team = await acme.create('Group', group('Team', [jane.id]), context);
    await acme.update('User', jane.id, set({ active: false, userName: 'jane.doe' }), context);
    expect(look()).toEqual({
      users: [{ userName: 'jane.doe', active: false }],
      groups: [{ displayName: 'Team', members: ['jane.doe'] }],
      log: ['create jane', 'create Team', 'add jane', 'disable jane', 'update jane.doe'],
    });
    expect((await plain.get('User', jane.id))?.attributes).toMatchObject({ userName: 'jane.doe', active: false });
    expect(await directory.links('acme').find('User', jane.id)).toMatchObject({ nativeId: '1' });
    await acme.delete('User', jane.id, anyway, context);
    expect(look().groups).toEqual([{ displayName: 'Team', members: [] }]);
    expect(await plain.members(team.id, undefined, 10)).toEqual([]);
    expect(await intents.list()).toEqual([]);
  });

  test('refuses, and nothing is left in either, nor of parts that were done before', async () => {
    class Full extends Shop {
      override async addMembers(...[team, members, transaction]: Parameters<Shop['addMembers']>) {
        const answer = await super.addMembers(team, members, transaction);
        const isFull = members.some(({ name }) => name === 'kim');
        return isFull ? ({ type: 'refused', reason: 'The team is full.' } as const) : answer;
      }
    }
    const { acme, plain, intents, look } = await openShop(Object.assign(new Full(), { maxMembersPerOperation: 1 }));
    const jane = await acme.create('User', user('jane'), context);
    const kim = await acme.create('User', user('kim'), context);
    const before = look();
    const refused = acme.create('Group', group('Team', [jane.id, kim.id]), context);
    await expect(refused).rejects.toMatchObject({ status: 400, detail: 'The team is full.' });
    expect(look()).toEqual(before);
    expect((await plain.list('Group', everything)).totalResults).toBe(0);
    expect(await intents.list()).toEqual([]);
  });

  test('says that a name is taken, and the name is free once it is free there', async () => {
    const { acme, plain, look } = await openShop();
    const jane = await acme.create('User', user('jane'), context);
    await plain.delete('User', jane.id, anyway, context);
    await expect(acme.create('User', user('jane'), context)).rejects.toMatchObject({
      status: 409,
      scimType: 'uniqueness',
    });
    await acme.create('User', user('joe'), context);
    expect(look().users.map(({ userName }) => userName)).toEqual(['jane', 'joe']);
  });

  test.each([
    ['fails', async () => Promise.reject(new TypeError('secret'))],
    ['answers nonsense', async () => JSON.parse('{"ok":true}')],
    ['says that it does not know', async () => ({ type: 'unknown', reason: 'Who knows?' })],
    ['does not answer', () => new Promise<never>(() => {})],
  ])('that %s has done nothing, and is asked again', async (_what, answer) => {
    let isBroken = true;
    class Shaky extends Shop {
      override async applyWithin(operation: ApplicationOperation, transaction: SqlTransaction) {
        const done = await super.applyWithin(operation, transaction);
        return isBroken ? answer() : done;
      }
    }
    const { acme, plain, look, events, intents } = await openShop(new Shaky(), { callTimeoutMs: 100 });
    const asked = acme.create('User', user('jane'), context);
    const error = await asked.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RetryLaterError);
    expect(String(error)).not.toContain('secret');
    expect([look().users, look().log, await plain.revision()]).toEqual([[], [], 0]);
    expect(events).toEqual([expect.objectContaining({ type: 'unknown' })]);
    isBroken = false;
    acme.start();
    await vi.waitFor(async () => expect(await intents.list()).toEqual([]), { timeout: 10_000, interval: 20 });
    expect([look().log, await plain.revision()]).toEqual([['create jane'], 1]);
  });

  test('cannot end the transaction, reach beyond it, or write when it has ended', async () => {
    const thrown: unknown[] = [];
    let kept: SqlTransaction | undefined;
    class Greedy extends Shop {
      override async createUser(...[given, transaction]: Parameters<Shop['createUser']>) {
        kept = transaction;
        for (const statement of [
          'COMMIT',
          ' rollback',
          'PRAGMA foreign_keys = OFF',
          'ATTACH ? AS other',
          '-- x\nEND',
          'SELECT 1; COMMIT',
        ]) {
          await transaction.execute(statement).catch((error: unknown) => thrown.push(error));
        }
        return super.createUser(given, transaction);
      }
    }
    const { acme, look } = await openShop(new Greedy());
    await acme.create('User', user('jane'), context);
    expect(thrown).toEqual(Array.from({ length: 6 }, () => expect.any(TypeError)));
    await expect(kept?.execute('DELETE FROM shop_accounts')).rejects.toThrow('The transaction has ended.');
    expect(look().users).toEqual([{ userName: 'jane', active: true }]);
  });

  // What SQLite ends a whole transaction for, with whatever it has in savepoints.
  test.each(['a statement', 'a trigger'])('that has its transaction ended by %s has done nothing', async (by) => {
    let isBroken = true;
    const swallowed: unknown[] = [];
    class Reckless extends Shop {
      override async createUser(...[given, transaction]: Parameters<Shop['createUser']>) {
        const answer = await super.createUser(given, transaction);
        if (!isBroken || given.attributes.userName !== 'kim') return answer;
        const fatal =
          by === 'a trigger'
            ? "INSERT INTO shop_log (text) VALUES ('fatal')"
            : "INSERT OR ROLLBACK INTO shop_accounts (login, enabled) VALUES ('kim', 1)";
        for (const statement of [fatal, "INSERT INTO shop_log (text) VALUES ('outside')"]) {
          await transaction.execute(statement).catch((error: unknown) => swallowed.push(error));
        }
        return answer;
      }
    }
    const { file, acme, plain, intents, look, events } = await openShop(new Reckless());
    using application = new DatabaseSync(file);
    application.exec(`CREATE TRIGGER fatal BEFORE INSERT ON shop_log WHEN new.text = 'fatal'
      BEGIN SELECT RAISE(ROLLBACK, 'no more'); END`);
    await acme.create('User', user('jane'), context);
    const before = look();
    const asked = acme.create('User', user('kim'), context);
    await expect(asked).rejects.toBeInstanceOf(RetryLaterError);
    expect(swallowed).toEqual([expect.any(TransactionEndedError), expect.any(TransactionEndedError)]);
    expect(look()).toEqual(before);
    expect((await plain.list('User', everything)).totalResults).toBe(1);
    expect(events).toEqual([expect.objectContaining({ type: 'unknown', reason: expect.stringContaining('ROLLBACK') })]);
    expect(await intents.list()).toMatchObject([
      { state: 'open', reason: expect.stringContaining('nothing was done') },
    ]);
    isBroken = false;
    acme.start();
    await vi.waitFor(async () => expect(await intents.list()).toEqual([]), { timeout: 10_000, interval: 20 });
    expect(look().log).toEqual(['create jane', 'create kim']);
    expect((await plain.list('User', everything)).totalResults).toBe(2);
  });

  test('does each statement as a whole or not at all, one after the other, and all that it asked for before it answered', async () => {
    class Hasty extends Shop {
      override async createUser(...[given, transaction]: Parameters<Shop['createUser']>) {
        const log = (texts: readonly string[], or = '') =>
          transaction.execute(`INSERT ${or} INTO shop_log (text) VALUES ${texts.map(() => '(?)').join()}`, texts);
        const answer = await super.createUser(given, transaction);
        const tried = [log(['a']), log(['b', 'taken'], 'OR FAIL'), log(['c'])];
        expect((await Promise.allSettled(tried)).map(({ status }) => status)).toEqual([
          'fulfilled',
          'rejected',
          'fulfilled',
        ]);
        void log(['d']);
        void log(['e']);
        return answer;
      }
    }
    const { file, acme, look } = await openShop(new Hasty());
    using application = new DatabaseSync(file);
    application.exec("CREATE UNIQUE INDEX log_texts ON shop_log (text); INSERT INTO shop_log (text) VALUES ('taken')");
    await acme.create('User', user('jane'), context);
    expect(look().log).toEqual(['taken', 'create jane', 'a', 'c', 'd', 'e']);
  });

  test('does nothing for who has lost the intent', async () => {
    const { acme, intents, look } = await openShop();
    const lent = { context, owner: 'one', leaseMs: 0, plan: () => [] };
    const opened = await intents.open({ type: 'create', kind: 'User', resource: user('jane') }, lent);
    if (opened.type !== 'opened') throw new Error(opened.type);
    const [taken] = await intents.takeOver('another', 60_000, 1, []);
    let calls = 0;
    const carry = async () => {
      calls += 1;
      return { type: 'applied', nativeId: undefined } as const;
    };
    expect(await intents.applyJoined(opened.intent, carry)).toBeUndefined();
    expect(calls).toBe(0);
    expect(await intents.applyJoined(taken ?? opened.intent, carry)).toMatchObject({ type: 'applied' });
    expect(await intents.applyJoined(taken ?? opened.intent, carry)).toBeUndefined();
    expect([calls, look().log, (await acme.list('User', everything)).totalResults]).toEqual([1, [], 1]);
  });

  test('leaves to people what another kind of adapter had begun', async () => {
    const { acme, intents, look } = await openShop();
    const plan = () =>
      [
        { type: 'create-user', after: snapshot },
        { type: 'deactivate-user', before: snapshot, after: snapshot },
      ] as const;
    const lent = { context, owner: 'one', leaseMs: 0, plan };
    const opened = await intents.open({ type: 'create', kind: 'User', resource: user('jane') }, lent);
    if (opened.type !== 'opened') throw new Error(opened.type);
    await intents.advance(opened.intent, { operations: 1 }, 0);
    acme.start();
    await vi.waitFor(async () => expect(await intents.list()).toMatchObject([{ state: 'needs-attention' }]));
    expect(look().log).toEqual([]);
  });
});

const snapshot = { kind: 'User', id: 'x', key: 'x', nativeId: undefined, attributes: {} } as const;

const script = fileURLToPath(new URL('test-crash-joined-node.ts', import.meta.url));

async function crashIn(settings: { readonly file: string; readonly crash: JoinedCrash; readonly change: TestChange }) {
  const child = spawn(process.execPath, ['--conditions=@oaa-kit/source', script, JSON.stringify(settings)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
}

test.each(['after tx1', 'before the statements', 'after the statements', 'after tx2'] as const)(
  'a process killed %s leaves its shop and the directory changed both or neither',
  { timeout: 60_000 },
  async (crash) => {
    const { file, plain, intents, acme, look } = await openShop();
    const jane = await acme.create('User', user('jane'), context);
    await crashIn({ file, crash, change: { type: 'create-group', displayName: 'Team', memberIds: [jane.id] } });
    const isDone = crash === 'after tx2';
    expect(look().groups).toEqual(isDone ? [{ displayName: 'Team', members: ['jane'] }] : []);
    expect((await plain.list('Group', everything)).totalResults).toBe(isDone ? 1 : 0);
    expect(await intents.list()).toHaveLength(isDone ? 0 : 1);
    acme.start();
    await vi.waitFor(async () => expect(await intents.list()).toEqual([]), { timeout: 20_000, interval: 20 });
    expect(look()).toMatchObject({
      groups: [{ displayName: 'Team', members: ['jane'] }],
      log: ['create jane', 'create Team', 'add jane'],
    });
    const [team] = (await plain.list('Group', everything)).resources;
    expect((await plain.members(team?.id ?? '', undefined, 10)).map(({ id }) => id)).toEqual([jane.id]);
    // The same request again gets the outcome of the first, or finds nothing to do.
    await makeTestChange(acme, { type: 'deactivate-user', id: jane.id });
    expect(look().users).toEqual([{ userName: 'jane', active: false }]);
  },
);
