import { sqliteStore } from '../directory/test-store.ts';
import type { IntentStore } from '../directory/write-back.ts';
import { makeTestChange, type TestChange } from './test-change.ts';
import { type CallCrash, killSelf, RemoteAdapter } from './test-remote-adapter.ts';
import { WriteBackDirectory } from './write-back-directory.ts';

/** Makes one change and kills itself on the way. */
const { file, url, repeatable, crash, change } = JSON.parse(process.argv[2] ?? '') as {
  readonly file: string;
  readonly url: string;
  readonly repeatable: boolean;
  readonly crash: CallCrash | 'after tx1' | 'before tx2';
  readonly change: TestChange;
};

const directory = await sqliteStore(file).open();
const journal = directory.intents('acme');
const intents: IntentStore = {
  async open(...given) {
    const opened = await journal.open(...given);
    return crash === 'after tx1' ? killSelf() : opened;
  },
  apply: async (...given) => (crash === 'before tx2' ? killSelf() : journal.apply(...given)),
  applyJoined: (...given) => journal.applyJoined(...given),
  advance: (...given) => journal.advance(...given),
  renew: (...given) => journal.renew(...given),
  turnBack: (...given) => journal.turnBack(...given),
  refuse: (...given) => journal.refuse(...given),
  needAttention: (...given) => journal.needAttention(...given),
  takeOver: (...given) => journal.takeOver(...given),
  seize: (...given) => journal.seize(...given),
  get: (...given) => journal.get(...given),
  list: () => journal.list(),
  forgetClosed: () => journal.forgetClosed(),
};
const callCrash = crash === 'after tx1' || crash === 'before tx2' ? undefined : crash;
const adapter = new RemoteAdapter(url, repeatable, callCrash);
const acme = new WriteBackDirectory(directory.organization('acme'), intents, { adapter, leaseMs: 300 });
await makeTestChange(acme, change);
throw new Error(`It was to be killed ${crash}.`);
