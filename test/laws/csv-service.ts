// A help desk in a process of its own, to be killed: the SCIM service and the publisher over CSV files. Prints its URL when it
// listens. The parent says with a message at which point of the next change it has to die; 'armed' is the answer.

import { Tenant } from '@oaa-kit/oaa';
import { readMapping } from '@oaa-kit/oaa/sources';
import { attributeMapping, groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { type ApplicationAdapter, withWriteBack } from '@oaa-kit/scim-writeback/application';
import { createCsvAdapter } from '@oaa-kit/scim-writeback/application/csv';
import type { Directory, IntentStore } from '@oaa-kit/scim-writeback/directory';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import { Publisher, tenantPushTarget } from '@oaa-kit/scim-writeback/publish';
import { createAuthenticator, givenToken, startScimServer } from '@oaa-kit/scim-writeback/server';
import type { CrashPoint, CsvServiceSettings } from './csv-service-process.ts';

const settings: CsvServiceSettings = JSON.parse(process.argv[2] ?? '');
const { database, folder, state, port, organization, token, publishTo } = settings;

let crash: CrashPoint | undefined;

function dieAt(point: CrashPoint): Promise<void> {
  if (crash !== point) return Promise.resolve();
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

/** A journal in which the process dies after tx1, and before tx2. */
function mortalJournal(journal: IntentStore): IntentStore {
  return new Proxy(journal, {
    get(from, name) {
      const method: unknown = Reflect.get(from, name, from);
      if (typeof method !== 'function') return method;
      return async (...given: unknown[]) => {
        if (name === 'apply') await dieAt('before tx2');
        const answer: unknown = await Reflect.apply(method, from, given);
        if (name === 'open') await dieAt('after tx1');
        return answer;
      };
    },
  });
}

const schemas = {
  userSchema: new ResourceSchema(userResourceType),
  groupSchema: new ResourceSchema(groupResourceType),
};
const [users, groups] = [attributeMapping(schemas.userSchema), attributeMapping(schemas.groupSchema)];
const plain = await openSqliteDirectory({ file: database, ...schemas });
const mapping = await readMapping(`${folder}/mapping.yaml`);
const csv = createCsvAdapter({ mapping, folder, users, groups }, async (step) => {
  if (step === 'journal') await dieAt('during the call, when it is written what is to come');
  if (step === 'renamed 1') await dieAt('during the call, between two files');
});
await csv.check();
const adapter: ApplicationAdapter = {
  name: csv.name,
  repeatable: csv.repeatable,
  maxMembersPerOperation: csv.maxMembersPerOperation,
  probe: (...given) => csv.probe(...given),
  async apply(...given) {
    await dieAt('before the call');
    const answer = await csv.apply(...given);
    await dieAt('after the call');
    return answer;
  },
};
const mortal = new Proxy<Directory>(plain, {
  get(from, name) {
    if (name === 'intents') return (id: string) => mortalJournal(from.intents(id));
    const value: unknown = Reflect.get(from, name, from);
    return typeof value === 'function' ? value.bind(from) : value;
  },
});
const directory = withWriteBack(
  mortal,
  new Map([[organization, { adapter, leaseMs: 500, recoverEveryMs: 20, joinWaitMs: 2_000, retry: { firstMs: 50 } }]]),
);
const server = await startScimServer({
  directory,
  authenticator: await createAuthenticator({
    credentials: directory.credentials,
    given: [givenToken(token, { organization, label: 'tenant' })],
  }),
  port,
  log: { write: () => undefined },
});

if (publishTo !== undefined) {
  const { url, apiKey, ...names } = publishTo;
  const tenant = new Tenant({ url, apiKey });
  // Of few memberships, what happens at random takes away most now and then.
  const guard = { stateFolder: state, maxRemovalPercent: 100 };
  const publisher = new Publisher({
    publications: directory.publications,
    organization,
    ...names,
    target: tenantPushTarget({ tenant, ...names, createProvider: true, guard }),
    mapping: { User: users, Group: groups },
    settings: {
      quietMs: 0,
      minimumIntervalMs: 0,
      pollMs: 25,
      pushTimeoutMs: 2_000,
      leaseMs: 1_000,
      retryFromMs: 20,
      retryToMs: 200,
    },
  });
  publisher.start();
}

process.on('message', (point: CrashPoint) => {
  crash = point;
  process.send?.('armed');
});
process.on('disconnect', () => process.exit());
process.stdout.write(`${server.url}\n`);
