import { sqliteStore } from '../directory/test-store.ts';
import type { ApplicationOperation, IntentStore, SqlTransaction } from '../directory/write-back.ts';
import { makeTestChange, type TestChange } from './test-change.ts';
import { killSelf } from './test-remote-adapter.ts';
import { Shop } from './test-shop.ts';
import { WriteBackDirectory } from './write-back-directory.ts';

export type JoinedCrash = 'after tx1' | 'before the statements' | 'after the statements' | 'after tx2';

/** Makes one change of a shop in the database of the directory, and kills itself on the way. */
const { file, crash, change } = JSON.parse(process.argv[2] ?? '') as {
  readonly file: string;
  readonly crash: JoinedCrash;
  readonly change: TestChange;
};

class MortalShop extends Shop {
  override async applyWithin(operation: ApplicationOperation, transaction: SqlTransaction) {
    if (crash === 'before the statements') await killSelf();
    const answer = await super.applyWithin(operation, transaction);
    if (crash === 'after the statements') await killSelf();
    return answer;
  }
}

const directory = await sqliteStore(file).open();
const journal = directory.intents('acme');
const intents = new Proxy<IntentStore>(journal, {
  get(from, name) {
    if (name === 'open') {
      return async (...given: Parameters<IntentStore['open']>) => {
        const opened = await from.open(...given);
        return crash === 'after tx1' ? killSelf() : opened;
      };
    }
    if (name === 'applyJoined') {
      return async (...given: Parameters<IntentStore['applyJoined']>) => {
        const outcome = await from.applyJoined(...given);
        return crash === 'after tx2' ? killSelf() : outcome;
      };
    }
    const value: unknown = Reflect.get(from, name, from);
    return typeof value === 'function' ? value.bind(from) : value;
  },
});
const acme = new WriteBackDirectory(directory.organization('acme'), intents, {
  adapter: new MortalShop(),
  leaseMs: 300,
});
await makeTestChange(acme, change);
throw new Error(`It was to be killed ${crash}.`);
