import { randomBytes } from 'node:crypto';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { OaaError, type WireApplicationPayload } from '@oaa-kit/oaa';
import { buildPayload, readMapping } from '@oaa-kit/oaa/sources';
import { createSandbox } from '@oaa-kit/registrar/sandbox';
import { groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { createScimClient } from '@oaa-kit/scim-writeback/client';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import {
  addToGroup,
  createEntitlement,
  deleteIdentity,
  deprovisionIdentity,
  removeFromGroup,
  syncIdentity,
} from '@oaa-kit/scim-writeback/lifecycle';
import { expect, onTestFinished, test, vi } from 'vitest';
import { disagreements, factsOfPayload, factsOfService } from '../../examples/write-back/src/agreement.ts';
import { CsvServiceProcess, copyHelpDesk } from './csv-service-process.ts';

/** SOAK_SECONDS=60 before a release. */
const seconds = Number(process.env.SOAK_SECONDS ?? 10);
const killEveryMs = 1_000 * Math.min(5, seconds / 2);
const organization = 'default';
const names = { provider: 'Help Desk', dataSource: 'helpdesk.example.com' } as const;
const schemas = {
  userSchema: new ResourceSchema(userResourceType),
  groupSchema: new ResourceSchema(groupResourceType),
};

function pick<Item>(items: readonly Item[]): Item {
  const item = items[Math.floor(Math.random() * items.length)];
  if (item === undefined) throw new Error('There is nothing to pick from.');
  return item;
}

/** A help desk in CSV files, whose service is killed now and then, in front of a tenant that fails one push in five. */
async function startSoak() {
  const { root, ...places } = await copyHelpDesk();
  const sandbox = await createSandbox();
  for (const kind of ['server-error', 'refused-push', 'cut-after'] as const) {
    sandbox.faults.schedule({ kind, match: { method: 'POST', path: '*:push' }, rate: 0.07 });
  }
  const directory = await openSqliteDirectory({ file: places.database, ...schemas });
  await directory.organizations.create({ id: organization, name: 'Help Desk' });
  const mapping = await readMapping(join(places.folder, 'mapping.yaml'));
  const bases = directory.bases(organization);
  const extract = async () => (await buildPayload(mapping)).payload.toJSON();
  await bases.submit(await extract(), { actor: 'connector' });
  const token = randomBytes(24).toString('hex');
  const publishTo = { url: sandbox.url, apiKey: sandbox.apiKey, ...names };
  const settings = { ...places, organization, token, publishTo };
  let service = await CsvServiceProcess.start({ ...settings, port: 0 });
  const { port, url } = service;
  onTestFinished(async () => {
    await service.kill();
    await directory.close();
    await sandbox.close();
    await rm(root, { recursive: true });
  });
  return {
    sandbox,
    directory,
    plain: directory.organization(organization),
    extract,
    client: createScimClient({
      url,
      auth: { type: 'bearer', token },
      retryPolicy: { retries: 1 },
      rateLimit: { requests: 1_000, perMs: 1_000 },
    }),
    /** A base that is extracted now. */
    async submit() {
      const { asOf } = await bases.begin();
      return bases.submit(await extract(), { asOf, actor: 'connector', maxRemovalPercent: 100 });
    },
    editByHand: (line: string) => appendFile(join(places.folder, 'users.csv'), line),
    async restart() {
      await service.kill();
      service = await CsvServiceProcess.start({ ...settings, port });
    },
    published(): WireApplicationPayload | undefined {
      const { payload } = sandbox.dataSource(names.provider, names.dataSource) ?? {};
      return payload === undefined ? undefined : (payload as unknown as WireApplicationPayload);
    },
  };
}

type Soak = Awaited<ReturnType<typeof startSoak>>;

const people = ['ada', 'bob', 'cid', 'dora', 'eve', 'fay', 'gus', 'hal', 'mia.berger', 'lea.marti'];
const teams = ['Agents', 'Leads', 'Night shift', 'Experts'];

/** What the tenant does; each is an action of Lifecycle Management. */
function randomAction({ client }: Soak): Promise<unknown> {
  const user = { userName: pick(people) };
  const group = { displayName: pick(teams) };
  const attributes = { user_name: user.userName, given_name: pick(['A', 'B']), title: pick(['Agent', 'Boss']) };
  switch (pick(['sync', 'sync', 'sync', 'deprovision', 'delete', 'add', 'add', 'remove', 'create group'])) {
    case 'sync':
      return syncIdentity(client, { attributes, reactivate: true });
    case 'deprovision':
      return deprovisionIdentity(client, user);
    case 'delete':
      return deleteIdentity(client, user);
    case 'add':
      return addToGroup(client, { user, group });
    case 'remove':
      return removeFromGroup(client, { user, group });
    default:
      return createEntitlement(client, group);
  }
}

test(`after ${seconds} s of actions, bases, failed pushes and kills, application = directory = tenant`, {
  timeout: seconds * 1_000 + 180_000,
}, async () => {
  const soak = await startSoak();
  const { directory, plain, sandbox } = soak;
  const until = performance.now() + seconds * 1_000;
  const count = { done: 0, failed: 0, bases: 0, refusedBases: 0, kills: 0 };
  /** Ids of users and groups of which the tenant was told that they were made. */
  const acknowledged: string[] = [];

  const act = async () => {
    while (performance.now() < until) {
      try {
        const result = await randomAction(soak);
        count.done += 1;
        const { outcome, id } = result as { readonly outcome: string; readonly id?: string };
        if (outcome === 'created' && id !== undefined) acknowledged.push(id);
      } catch (error) {
        // Refused, not there, or nobody knows: the tenant would try again.
        if (!(error instanceof OaaError)) throw error;
        count.failed += 1;
        await sleep(20);
      }
    }
  };
  const extractNowAndThen = async () => {
    for (let number = 1; performance.now() < until; number += 1) {
      await sleep(300);
      if (number % 3 === 0) await soak.editByHand(`hand-${number},H,${number},,,yes,,\n`);
      try {
        await soak.submit();
        count.bases += 1;
      } catch (error) {
        if (!(error instanceof OaaError)) throw error;
        count.refusedBases += 1;
      }
    }
  };
  const killNowAndThen = async () => {
    for (;;) {
      await sleep(Math.min(killEveryMs, Math.max(0, until - performance.now())));
      if (performance.now() >= until) return;
      await soak.restart();
      count.kills += 1;
    }
  };
  await Promise.all([act(), act(), act(), extractNowAndThen(), killNowAndThen()]);

  sandbox.faults.clear();
  const quiet = { timeout: 60_000, interval: 50 };
  await vi.waitFor(async () => expect(await directory.intents(organization).list()).toEqual([]), quiet);
  for (let isSettled = false; !isSettled; ) {
    const before = await plain.revision();
    const { drifts } = await soak.submit();
    isSettled = drifts.length === 0 && (await plain.revision()) === before;
  }
  const view = () => directory.publications.view({ organization, ...names });
  const isPublished = async () => {
    const { state, current } = (await view()) ?? {};
    const { hold, published } = state ?? {};
    expect({ hold, pair: [published?.revision, published?.generation] }).toEqual({
      hold: undefined,
      pair: [current?.revision, current?.generation],
    });
  };
  await vi.waitFor(isPublished, quiet);
  const pushes = sandbox.requests().filter(({ path }) => path.endsWith(':push')).length;
  process.stdout.write(`soak of ${seconds} s: ${JSON.stringify({ ...count, pushes })}\n`);

  const sides = {
    application: factsOfPayload(await soak.extract()),
    directory: await factsOfService(soak.client),
    tenant: factsOfPayload(soak.published() ?? expect.fail('The tenant has nothing.')),
  };
  expect(disagreements(sides)).toEqual([]);
  const rows = await plain.changes(0, 1_000_000);
  expect(rows.map(({ revision }) => revision)).toEqual(rows.map((_, index) => index + 1));
  const made = new Set(rows.filter(({ operation }) => operation === 'create').map(({ id }) => id));
  expect(acknowledged.filter((id) => !made.has(id))).toEqual([]);
  expect(count.done).toBeGreaterThan(10);
  expect(count.kills).toBeGreaterThan(0);
});
