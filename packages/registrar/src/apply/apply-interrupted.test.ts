import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isEmptyPlan } from '../plan/index.ts';
import { createSandbox, type Sandbox } from '../sandbox/index.ts';
import { readJournal } from './journal.ts';
import type { StateHandle } from './state-handle.ts';
import {
  type InterruptingProxy,
  type Interruption,
  interruptions,
  startInterruptingProxy,
} from './test-interrupting-proxy.ts';
import { type Registry, registryAt, temporaryFolder } from './test-support.ts';
import { creations, everything, stateNow, successorOf, tenantNow, writeIcons } from './test-worlds.ts';

let sandbox: Sandbox;
let proxy: InterruptingProxy;

beforeAll(async () => {
  sandbox = await createSandbox({ deletionMs: 1 });
  proxy = await startInterruptingProxy(sandbox.url);
});

afterAll(async () => {
  proxy.close();
  await sandbox.close();
});

/** The tenant before the manifests are applied that ask for everything. */
async function prepared(): Promise<Registry> {
  proxy.set(undefined);
  await sandbox.reset();
  const folder = await temporaryFolder();
  await writeIcons(folder);
  const registry = registryAt(sandbox, folder, { url: proxy.url });
  await registry.setUp(everything.before);
  for (const provider of everything.byHand) await registry.tenant.providers.create(provider);
  return registry;
}

interface Outcome {
  readonly tenant: unknown;
  readonly state: unknown;
  readonly creations: number;
}

async function outcomeOf(registry: Registry): Promise<Outcome> {
  return { tenant: tenantNow(sandbox), state: await stateNow(registry), creations: creations(sandbox) };
}

/** Applies with one interruption, and goes on with what a new process finds: its files and the tenant. */
async function interrupted(at: number, kind: Interruption): Promise<Registry> {
  const registry = await prepared();
  const plan = await registry.plan(everything.after);
  const controller = new AbortController();
  const caught = Promise.withResolvers<void>();
  const onCaught = (): void => {
    if (kind.startsWith('interrupt')) controller.abort();
    caught.resolve();
  };
  proxy.set({ at, kind, onCaught });
  const run = registry.apply(plan, { signal: controller.signal }).then(
    () => undefined,
    () => undefined,
  );
  await Promise.race(kind.startsWith('hold') ? [run, caught.promise] : [run]);
  proxy.set(undefined);
  return successorOf(registry);
}

async function goOn(registry: Registry): Promise<void> {
  if ((await readJournal(registry.stateFile)) !== undefined) await registry.resume();
  else await registry.run(everything.after);
}

describe('an apply that is interrupted and resumed ends as one that is not:', () => {
  let expected: Outcome;
  let requests: readonly string[];

  beforeAll(async () => {
    const registry = await prepared();
    const plan = await registry.plan(everything.after);
    proxy.set(undefined);
    await registry.apply(plan);
    requests = proxy.seen;
    expected = await outcomeOf(registry);
    expect(isEmptyPlan(await registry.plan(everything.after))).toBe(true);
  });

  test.each(interruptions)(
    '%s at every request that changes something',
    async (kind) => {
      const changing = requests.flatMap((method, index) =>
        method === 'GET' && kind !== 'cut-before' ? [] : [index + 1],
      );
      expect(changing.length).toBeGreaterThan(10);
      for (const at of changing) {
        const registry = await interrupted(at, kind);
        await goOn(registry);
        expect({ at, ...(await outcomeOf(registry)) }).toStrictEqual({ at, ...expected });
        expect(isEmptyPlan(await registry.plan(everything.after)), `${kind} at ${at}`).toBe(true);
      }
    },
    300_000,
  );

  test.each(['before', 'after'])(
    'the process ends %s each writing of the state',
    async (when) => {
      for (let at = 1; ; at += 1) {
        const registry = await prepared();
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
        const next = await successorOf(registry);
        if (outcome !== 'ended') {
          expect(at).toBeGreaterThan(8);
          break;
        }
        await goOn(next);
        expect({ at, ...(await outcomeOf(next)) }).toStrictEqual({ at, ...expected });
      }
    },
    300_000,
  );
});
