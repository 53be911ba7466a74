import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Directory, StoredResource } from '../directory/directory.ts';
import { sqliteStore, temporaryFile } from '../directory/test-store.ts';
import type { IntentStore } from '../directory/write-back.ts';
import { resolveIntent } from './resolve-intent.ts';
import { TestApplication } from './test-application.ts';
import { anyway, context, expectAgreement, group, members, set, user } from './test-write-back.ts';
import { WriteBackDirectory } from './write-back-directory.ts';

/** WRITE_BACK_HISTORIES=10000 once before a release; WRITE_BACK_SEED repeats what failed. */
const histories = Number(process.env.WRITE_BACK_HISTORIES ?? 40);
const seed = Number(
  process.env.WRITE_BACK_SEED ?? (process.env.CI === 'true' ? 41 : Math.floor(Math.random() * 2 ** 31)),
);

const faults = [
  'error before',
  'error after',
  'silence before',
  'silence after',
  'nonsense',
  'refusal',
  'conflict',
] as const;
type Fault = (typeof faults)[number];

/** What somebody does; `who` and `what` are taken from those that are there. */
const step = fc.record({
  act: fc.constantFrom(
    'create user',
    'create user',
    'create group',
    'rename user',
    'deactivate',
    'reactivate',
    'add',
    'add',
    'remove',
    'rename group and replace members',
    'delete user',
    'delete group',
  ),
  who: fc.nat(4),
  what: fc.nat(4),
  node: fc.nat(1),
});

const wave = fc.record({
  steps: fc.array(step, { minLength: 1, maxLength: 4 }),
  /** Of the calls that follow, in order; undefined: all is well. */
  faults: fc.array(fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 3 }), { maxLength: 4 }),
  /** A node stands still for ever, at a call of the journal. */
  crash: fc.option(fc.record({ node: fc.nat(1), after: fc.nat(6) }), { nil: undefined, freq: 5 }),
});

/** A journal that stops answering after some calls, as for a process that was killed. */
function mortal(journal: IntentStore): { readonly intents: IntentStore; dieAfter(calls: number): void } {
  let left = Number.POSITIVE_INFINITY;
  const intents = new Proxy(journal, {
    get: (target, name) => {
      const method = Reflect.get(target, name);
      return (...given: unknown[]) => {
        left -= 1;
        return left < 0 ? new Promise(() => {}) : Reflect.apply(method, target, given);
      };
    },
  });
  return {
    intents,
    dieAfter: (calls) => {
      left = Math.min(left, calls);
    },
  };
}

function startNode(directory: Directory, organization: string, adapter: TestApplication) {
  const { intents, dieAfter } = mortal(directory.intents(organization));
  const node = new WriteBackDirectory(directory.organization(organization), intents, {
    adapter,
    callTimeoutMs: 40,
    graceMs: 10,
    leaseMs: 90,
    lockWaitMs: 20,
    joinWaitMs: 20,
    queueWaitMs: 60,
    recoverEveryMs: 10,
    retry: { firstMs: 10, longestMs: 20, attempts: 50 },
  });
  return { node, dieAfter };
}

function breakNext(application: TestApplication, planned: (Fault | undefined)[]): void {
  let fault: Fault | undefined;
  application.before = async (_operation, { idempotencyKey }) => {
    fault = planned.shift();
    // Who is asked again for what is done does not refuse it: that is what `repeatable` says.
    if (application.knows(idempotencyKey) && fault !== 'silence before') return undefined;
    if (fault === 'error before') throw new Error('connection refused');
    if (fault === 'silence before') return new Promise(() => {});
    if (fault === 'refusal') return { type: 'refused', reason: 'Not today.' };
    if (fault === 'conflict') return { type: 'refused', kind: 'conflict', reason: 'Taken.' };
    return undefined;
  };
  application.after = async () => {
    if (fault === 'error after') throw new Error('connection reset');
    if (fault === 'silence after') return new Promise(() => {});
    return fault === 'nonsense' ? ('ok' as never) : undefined;
  };
}

const everything = { sort: { path: undefined, descending: false }, page: { startIndex: 1, count: 100 } };

async function act(
  node: WriteBackDirectory,
  { act: what, ...chosen }: typeof step extends fc.Arbitrary<infer S> ? S : never,
) {
  const users = (await node.list('User', everything)).resources;
  const groups = (await node.list('Group', everything)).resources;
  const pick = (from: readonly StoredResource[], index: number) =>
    from[index % Math.max(1, from.length)]?.id ?? 'nobody';
  const someone = pick(users, chosen.who);
  const team = pick(groups, chosen.what);
  switch (what) {
    case 'create user':
      return node.create('User', user(`user-${chosen.who}`), context);
    case 'create group':
      return node.create(
        'Group',
        group(
          `group-${chosen.what}`,
          users.slice(0, chosen.who).map(({ id }) => id),
        ),
        context,
      );
    case 'rename user':
      return node.update('User', someone, set({ userName: `user-${chosen.what}` }), context);
    case 'deactivate':
      return node.update('User', someone, set({ active: false, title: 'gone' }), context);
    case 'reactivate':
      return node.update('User', someone, set({ active: true }), context);
    case 'add':
      return node.update('Group', team, members({ add: [someone] }), context);
    case 'remove':
      return node.update('Group', team, members({ remove: [someone] }), context);
    case 'rename group and replace members':
      return node.update(
        'Group',
        team,
        () => ({
          attributes: group(`group-${chosen.who}`).attributes,
          members: [{ replaceAll: true, remove: [], removeMatching: [], add: [{ value: someone }] }],
        }),
        context,
      );
    case 'delete user':
      return node.delete('User', someone, anyway, context);
    case 'delete group':
      return node.delete('Group', team, anyway, context);
  }
}

test(`whatever is done, fails and dies: once quiet, application and directory agree (WRITE_BACK_SEED=${seed})`, {
  timeout: 600_000,
}, async () => {
  const directory = await sqliteStore(await temporaryFile()).open();
  let organizations = 0;
  const property = fc.asyncProperty(
    fc.array(wave, { minLength: 1, maxLength: 8 }),
    fc.constantFrom({ probes: true }, { probes: false, repeatable: true }),
    async (waves, abilities) => {
      organizations += 1;
      const id = `org-${organizations}`;
      await directory.organizations.create({ id, name: id });
      const application = new TestApplication({ ...abilities, maxMembers: 2 });
      const plain = directory.organization(id);
      const intents = directory.intents(id);
      const nodes = [startNode(directory, id, application), startNode(directory, id, application)];
      const acknowledged = new Set<string>();
      for (const { node } of nodes) node.start();
      for (const { steps, faults: planned, crash } of waves) {
        breakNext(application, [...planned]);
        if (crash !== undefined) nodes[crash.node]?.dieAfter(crash.after);
        const work = steps.map(async (one) => {
          const done = await act(nodes[one.node]?.node ?? expect.fail(), one);
          if (done !== undefined && 'id' in done) acknowledged.add(done.id);
        });
        // What a dead node was asked for is never answered.
        await Promise.race([Promise.allSettled(work), new Promise((resolve) => setTimeout(resolve, 150))]);
        if (crash !== undefined) {
          nodes[crash.node]?.dieAfter(0);
          const successor = startNode(directory, id, application);
          nodes[crash.node] = successor;
          successor.node.start();
        }
      }
      breakNext(application, []);
      await vi.waitFor(
        async () => {
          const open = await intents.list();
          for (const { id: stuck } of open.filter(({ state }) => state === 'needs-attention')) {
            await resolveIntent(intents, stuck, 'not-applied', { owner: 'somebody' });
          }
          expect(open).toEqual([]);
        },
        { timeout: 20_000, interval: 10 },
      );
      await Promise.all(nodes.map(({ node }) => node.close()));
      await expectAgreement({ plain, application, intents });
      const created = new Set(
        (await plain.changes(0, 10_000)).filter(({ operation }) => operation === 'create').map((change) => change.id),
      );
      expect([...acknowledged].filter((one) => !created.has(one))).toEqual([]);
      // Each effect once: a key never did anything twice, and what was undone was done before.
      expect(application.effects).toHaveLength(application.keys);
    },
  );
  await fc.assert(property, { numRuns: histories, seed, endOnFailure: false });
  await directory.close();
});
