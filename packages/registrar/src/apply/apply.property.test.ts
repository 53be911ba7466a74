import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isEmptyPlan } from '../plan/index.ts';
import { createSandbox, type Sandbox } from '../sandbox/index.ts';
import { readJournal } from './journal.ts';
import { type InterruptingProxy, interruptions, startInterruptingProxy } from './test-interrupting-proxy.ts';
import { type Registry, registryAt, temporaryFolder } from './test-support.ts';
import { creations, stateNow, successorOf, tenantNow, writeIcons } from './test-worlds.ts';

const names = ['A', 'B', 'C', 'D'];
const keys = ['k1', 'k2', 'k3', 'k4'];

const dataSource = fc.oneof(
  fc.constantFrom('x', 'y'),
  fc.record({ name: fc.constantFrom('x', 'y'), absent: fc.boolean() }),
);

const nameOf = (item: string | { readonly name: string }): string => (typeof item === 'string' ? item : item.name);

const dataSources = fc.uniqueArray(dataSource, { selector: nameOf, maxLength: 2 });

const scim = fc.record(
  {
    provisioning: fc.constant(true),
    custom_template: fc.constant('application'),
    external_lifecycle_management_type: fc.constant('SCIM'),
    configuration: fc.record(
      {
        scim_url: fc.constantFrom('https://a.example/scim', 'https://b.example/scim'),
        scim_token: fc.constantFrom('env:SCIM_TOKEN', 'env:OTHER_TOKEN'),
        users_endpoint: fc.constantFrom('People', 'Members'),
        scim_extension_schemas: fc.boolean(),
      },
      { requiredKeys: ['scim_url', 'scim_token'] },
    ),
    internal_app_name: fc.constantFrom('one', 'two'),
  },
  { requiredKeys: ['provisioning', 'custom_template', 'external_lifecycle_management_type', 'configuration'] },
);

const other = fc.record(
  {
    custom_template: fc.constantFrom('application', 'hris'),
    internal_app_name: fc.constantFrom('one', 'two'),
  },
  { requiredKeys: ['custom_template'] },
);

const present = fc
  .record({
    fields: fc.oneof(scim, other),
    adopt: fc.boolean(),
    icon: fc.constantFrom('one.svg', 'two.svg', undefined),
    dataSources,
  })
  .map(({ fields, adopt, icon, dataSources: sources }) => ({
    ...fields,
    adopt,
    ...(icon === undefined ? {} : { icon }),
    ...(sources.length === 0 ? {} : { data_sources: sources }),
  }));

const absent = fc.record({ adopt: fc.boolean() }).map(({ adopt }) => ({ adopt, absent: true }));

/** Manifests of one to four providers, with names and keys that are in each other's way. */
const manifests = fc
  .tuple(
    fc.shuffledSubarray(names, { minLength: 1 }),
    fc.shuffledSubarray(keys, { minLength: 4 }),
    fc.array(fc.oneof({ weight: 4, arbitrary: present }, { weight: 1, arbitrary: absent }), {
      minLength: 4,
      maxLength: 4,
    }),
  )
  .map(([used, order, bodies]) => used.map((name, index) => ({ key: order[index], name, ...bodies[index] })));

/** What somebody does on the tenant between two applies. */
const byHand = fc.array(
  fc.oneof(
    fc.record({ kind: fc.constant('create'), name: fc.constantFrom(...names) }),
    fc.record({ kind: fc.constant('delete'), name: fc.constantFrom(...names) }),
    fc.record({ kind: fc.constant('update'), name: fc.constantFrom(...names) }),
  ),
  { maxLength: 3 },
);

type ByHand = typeof byHand extends fc.Arbitrary<infer Value> ? Value : never;

async function doByHand({ tenant }: Registry, changes: ByHand): Promise<void> {
  for (const { kind, name } of changes) {
    const found = await tenant.providers.find(name);
    if (kind === 'create' && found === undefined) {
      await tenant.providers.create({ name, template: 'application', options: { provisioning: true } });
    }
    if (found === undefined || found.state !== 'ENABLED') continue;
    if (kind === 'delete') await tenant.providers.delete(found.id);
    if (kind === 'update')
      await tenant.providers.update(found.id, { provisioning: false, internal_app_name: 'theirs' });
  }
}

/** How tenants differ in what they show of what they were sent. */
const showing = {
  'all as it was sent': (answer: string) => answer,
  'numbers for words': (answer: string) =>
    answer
      .replaceAll('"external_lifecycle_management_type":"SCIM"', '"external_lifecycle_management_type":1')
      .replaceAll('"state":"ENABLED"', '"state":1'),
  'no configuration': (answer: string) =>
    answer.replaceAll(/"configuration_json":"(?:[^"\\]|\\.)*"/g, '"configuration_json":""'),
};

/** A test that is given up goes on with the tenant of the next one. */
const timeout = 300_000;

let sandbox: Sandbox;
let proxy: InterruptingProxy;
let show: (answer: string) => string = showing['all as it was sent'];

beforeAll(async () => {
  sandbox = await createSandbox({ deletionMs: 1 });
  proxy = await startInterruptingProxy(sandbox.url, (answer) => show(answer));
});

afterAll(async () => {
  proxy.close();
  await sandbox.close();
});

async function world(first: readonly object[], changes: ByHand): Promise<Registry> {
  proxy.set(undefined);
  await sandbox.reset();
  const folder = await temporaryFolder();
  await writeIcons(folder);
  const registry = registryAt(sandbox, folder, { url: proxy.url });
  await registry.setUp(first);
  await doByHand(registry, changes);
  return registry;
}

describe('for whatever manifests, and whatever is on the tenant,', () => {
  test.each(Object.entries(showing))(
    'plan, apply, plan is empty on a tenant that shows %s',
    { timeout },
    async (_, rewrite) => {
      show = rewrite;
      let applied = 0;
      await fc.assert(
        fc.asyncProperty(manifests, byHand, manifests, async (first, changes, second) => {
          const registry = await world(first, changes);
          const plan = await registry.plan(second);
          fc.pre(plan.problems.length === 0);
          await registry.apply(plan);
          const again = await registry.plan(second);
          expect(isEmptyPlan(again), JSON.stringify([again.problems, again.providers])).toBe(true);
          applied += 1;
        }),
        { numRuns: 8, maxSkipsPerRun: 20 },
      );
      expect(applied).toBe(8);
    },
  );

  test('an apply that is interrupted anywhere and resumed ends as one that is not', { timeout }, async () => {
    show = showing['all as it was sent'];
    const place = fc.record({
      share: fc.double({ min: 0, max: 0.999, noNaN: true }),
      kind: fc.constantFrom(...interruptions),
    });
    await fc.assert(
      fc.asyncProperty(manifests, byHand, manifests, place, async (first, changes, second, { share, kind }) => {
        const whole = await world(first, changes);
        const plan = await whole.plan(second);
        fc.pre(plan.problems.length === 0 && !isEmptyPlan(plan));
        proxy.set(undefined);
        await whole.apply(plan);
        const requests = proxy.seen.length;
        const expected = [tenantNow(sandbox), await stateNow(whole), creations(sandbox)];

        const registry = await world(first, changes);
        const again = await registry.plan(second);
        const controller = new AbortController();
        const caught = Promise.withResolvers<void>();
        const onCaught = (): void => {
          if (kind.startsWith('interrupt')) controller.abort();
          caught.resolve();
        };
        proxy.set({ at: 1 + Math.floor(share * requests), kind, onCaught });
        const run = registry.apply(again, { signal: controller.signal }).then(
          () => undefined,
          () => undefined,
        );
        await Promise.race(kind.startsWith('hold') ? [run, caught.promise] : [run]);
        proxy.set(undefined);
        const next = await successorOf(registry);
        if ((await readJournal(next.stateFile)) !== undefined) await next.resume();
        else await next.run(second);
        expect([tenantNow(sandbox), await stateNow(next), creations(sandbox)]).toStrictEqual(expected);
      }),
      { numRuns: 12, maxSkipsPerRun: 20 },
    );
  });
});
