import { DatabaseSync } from 'node:sqlite';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryFile } from '../directory/test-store.ts';
import type { SqlTransaction } from '../directory/write-back.ts';
import { joiningAdapterLaws } from './adapter-conformance.ts';
import type { JoiningAdapter } from './joining-adapter.ts';
import { lookIntoShop, makeShop, Shop } from './test-shop.ts';

async function subject(adapter: JoiningAdapter) {
  const file = await temporaryFile();
  makeShop(file);
  const database = new DatabaseSync(file, { timeout: 5_000 });
  onTestFinished(() => database.close());
  const execute: SqlTransaction['execute'] = async (statement, parameters = []) =>
    database.prepare(statement).all(...parameters);
  const look = async () => {
    const { users, groups } = lookIntoShop(file);
    return { users, groups };
  };
  return { adapter, execute, look };
}

describe('an adapter in the database of the directory', () => {
  test.each(joiningAdapterLaws())('$name', async ({ check }) => {
    await check(await subject(new Shop()));
  });
});

test('the laws find an adapter that writes past the transaction', async () => {
  const names: string[] = [];
  for (const { name, check } of joiningAdapterLaws()) {
    const given = await subject(new Shop());
    // It remembers whom it has made, and does not know what was rolled back.
    const seen = new Set<string>();
    class Careless extends Shop {
      override async createUser(...[user, transaction]: Parameters<Shop['createUser']>) {
        const userName = String(user.attributes.userName);
        if (seen.has(userName)) return { type: 'applied', nativeId: '1' } as const;
        seen.add(userName);
        return super.createUser(user, transaction);
      }
    }
    await check({ ...given, adapter: new Careless() }).catch(() => names.push(name));
  }
  expect(names).toContain('of create-user that is rolled back nothing is left, and it can be done then');
});

test('laws about what an application cannot do are left out', () => {
  const names = joiningAdapterLaws({ unsupported: ['delete-user'] }).map(({ name }) => name);
  expect(names.filter((name) => name.includes('delete-user'))).toEqual([]);
  expect(names).toContain('of delete-group that is rolled back nothing is left, and it can be done then');
});
