import { describe, test } from 'vitest';
import { isEmptyPlan } from '../plan/index.ts';
import { createSandbox, type Sandbox } from '../sandbox/index.ts';
import { readJournal } from './journal.ts';
import type { StateHandle } from './state-handle.ts';
import { type InterruptingProxy, interruptions, startInterruptingProxy, type Trap } from './test-interrupting-proxy.ts';
import { type Registry, registryAt, temporaryFolder } from './test-support.ts';
import { creations, everything, stateNow, successorOf, tenantNow, writeIcons } from './test-worlds.ts';

/** A tenant that cuts and holds, of one test alone. */
interface Stage {
  readonly sandbox: Sandbox;
  readonly proxy: InterruptingProxy;
}

async function startStage(atEnd: (work: () => Promise<void>) => void): Promise<Stage> {
  const sandbox = await createSandbox({ deletionMs: 1 });
  const proxy = await startInterruptingProxy(sandbox.url);
  atEnd(async () => {
    proxy.close();
    await sandbox.close();
  });
  return { sandbox, proxy };
}

/** The tenant before the manifests are applied that ask for everything. */
async function prepared({ sandbox, proxy }: Stage): Promise<Registry> {
  proxy.set(undefined);
  await sandbox.reset();
  const folder = await temporaryFolder();
  await writeIcons(folder);
  const registry = registryAt(sandbox, folder, { url: proxy.url });
  await registry.setUp(everything.before);
  for (const provider of everything.byHand) await registry.tenant.providers.create(provider);
  return registry;
}

async function outcomeOf(registry: Registry) {
  const { sandbox } = registry;
  const plan = await registry.plan(everything.after);
  return {
    tenant: tenantNow(sandbox),
    state: await stateNow(registry),
    creations: creations(sandbox),
    nothingLeft: isEmptyPlan(plan),
  };
}

/** What an apply without interruption comes to, and its requests. */
async function uninterrupted(stage: Stage) {
  const registry = await prepared(stage);
  const plan = await registry.plan(everything.after);
  stage.proxy.set(undefined);
  await registry.apply(plan);
  const requests = [...stage.proxy.seen];
  return { requests, expected: await outcomeOf(registry) };
}

/** Applies with one interruption; gives what a new process finds: the files and the tenant. */
async function interrupted(stage: Stage, { at, kind }: Pick<Trap, 'at' | 'kind'>): Promise<Registry> {
  const registry = await prepared(stage);
  const plan = await registry.plan(everything.after);
  const controller = new AbortController();
  const caught = Promise.withResolvers<void>();
  const onCaught = (): void => {
    if (kind.startsWith('interrupt')) controller.abort();
    caught.resolve();
  };
  stage.proxy.set({ at, kind, onCaught });
  const run = registry.apply(plan, { signal: controller.signal }).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race(kind.startsWith('hold') ? [run, caught.promise] : [run]);
  stage.proxy.set(undefined);
  return successorOf(registry);
}

/** Applies in a process that ends at one writing of the state; undefined when there are not so many. */
async function endedAtSave(stage: Stage, at: number, when: 'before' | 'after'): Promise<Registry | undefined> {
  const registry = await prepared(stage);
  const plan = await registry.plan(everything.after);
  const open = await registry.open();
  const ended = Promise.withResolvers<'ended'>();
  let saves = 0;
  const state: StateHandle = {
    file: open.file,
    get state() {
      return open.state;
    },
    async save(providers) {
      saves += 1;
      if (saves !== at) return open.save(providers);
      if (when === 'after') await open.save(providers);
      ended.resolve('ended');
      return new Promise(() => undefined);
    },
  };
  const outcome = await Promise.race([registry.apply(plan, { state }), ended.promise]);
  return outcome === 'ended' ? successorOf(registry) : undefined;
}

async function goOn(registry: Registry): Promise<void> {
  if ((await readJournal(registry.stateFile)) !== undefined) await registry.resume();
  else await registry.run(everything.after);
}

describe.concurrent('an apply that is interrupted and resumed ends as one that is not:', () => {
  test.for(interruptions)(
    '%s at every request that changes something',
    { timeout: 300_000 },
    async (kind, { expect, onTestFinished }) => {
      const stage = await startStage(onTestFinished);
      const { requests, expected } = await uninterrupted(stage);
      expect(expected.nothingLeft).toBe(true);
      // What happens at a request that only reads is what happens before the next one that changes something.
      const places = requests.flatMap((method, index) => (method === 'GET' ? [] : [index + 1]));
      expect(places.length).toBeGreaterThan(10);
      for (const at of places) {
        const registry = await interrupted(stage, { at, kind });
        await goOn(registry);
        expect({ at, ...(await outcomeOf(registry)) }).toStrictEqual({ at, ...expected });
      }
    },
  );

  test.for(['before', 'after'] as const)(
    'the process ends %s each writing of the state',
    { timeout: 300_000 },
    async (when, { expect, onTestFinished }) => {
      const stage = await startStage(onTestFinished);
      const { expected } = await uninterrupted(stage);
      let at = 1;
      for (
        let next = await endedAtSave(stage, at, when);
        next !== undefined;
        next = await endedAtSave(stage, at, when)
      ) {
        await goOn(next);
        expect({ at, ...(await outcomeOf(next)) }).toStrictEqual({ at, ...expected });
        at += 1;
      }
      expect(at).toBeGreaterThan(8);
    },
  );
});
