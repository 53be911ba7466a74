// From an acknowledged change to the payload that the tenant has taken in, with a quiet time of 0: a SCIM service whose
// application takes everything at once, and a publisher that pushes to a sandbox in another process.
//   node --conditions=@oaa-kit/source test/bench/scim/write-back.ts [changes] [users]
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Tenant, type WireApplicationPayload } from '@oaa-kit/oaa';
import { attributeMapping, groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { type ApplicationAdapter, WriteBackDirectory } from '@oaa-kit/scim-writeback/application';
import { Publisher, tenantPushTarget } from '@oaa-kit/scim-writeback/publish';
import { openDirectory } from './people.ts';

const changes = Number(process.argv[2] ?? 300);
const users = Number(process.argv[3] ?? 1_000);
const organization = 'bench';
const names = { provider: 'Shop', dataSource: 'shop.test' } as const;
const context = { actor: 'bench', requestId: 'bench', origin: 'scim' } as const;
const pollMs = 10;
const mapping = {
  User: attributeMapping(new ResourceSchema(userResourceType)),
  Group: attributeMapping(new ResourceSchema(groupResourceType)),
};

const base: WireApplicationPayload = {
  custom_property_definition: { applications: [] },
  applications: [
    {
      name: 'Shop',
      application_type: 'Shop',
      local_users: Array.from({ length: users }, (_, number) => ({ name: `user${number}`, is_active: true })),
    },
  ],
  permissions: [],
  identity_to_permissions: [],
};

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const folder = await mkdtemp(join(tmpdir(), 'oaa-bench-write-back-'));
const child = fork(fileURLToPath(new URL('./write-back-tenant.ts', import.meta.url)));
try {
  const [{ url, apiKey }] = (await once(child, 'message')) as [{ readonly url: string; readonly apiKey: string }];
  const directory = await openDirectory(join(folder, 'scim.db'));
  await directory.organizations.create({ id: organization, name: 'Bench' });
  await directory.bases(organization).submit(base, { actor: 'bench' });
  const adapter: ApplicationAdapter = { name: 'at once', repeatable: true, apply: async () => ({ type: 'applied' }) };
  const plain = directory.organization(organization);
  const written = new WriteBackDirectory(plain, directory.intents(organization), { adapter });
  written.start();

  /** When the revision was published, by revision. */
  const publishedAt = new Map<number, number>();
  let published = 0;
  let arrived = Promise.withResolvers<void>();
  const tenant = new Tenant({ url, apiKey });
  const target = tenantPushTarget({
    tenant,
    ...names,
    createProvider: true,
    guard: { stateFolder: join(folder, 'state') },
  });
  const publisher = new Publisher({
    publications: directory.publications,
    organization,
    ...names,
    mapping,
    settings: { quietMs: 0, minimumIntervalMs: 0, pollMs },
    target: {
      dataSourceId: (signal) => target.dataSourceId(signal),
      async push(payload, request) {
        const delivered = await target.push(payload, request);
        const [{ local_users: shown = [] } = {}] = payload.applications;
        const marks = shown.map(({ custom_properties: { title } = {} }) => Number(title ?? 0));
        for (const mark of marks) published = Math.max(published, mark);
        publishedAt.set(published, performance.now());
        arrived.resolve();
        arrived = Promise.withResolvers();
        return delivered;
      },
    },
  });
  publisher.start();

  const waits: number[] = [];
  const everybody = await plain.list('User', {
    sort: { path: undefined, descending: false },
    page: { startIndex: 1, count: 1_000 },
  });
  const warmUp = 20;
  for (let mark = 1; mark <= changes + warmUp; mark += 1) {
    const id = everybody.resources[mark % everybody.resources.length]?.id ?? '';
    await written.update(
      'User',
      id,
      ({ attributes }) => ({ attributes: { ...attributes, title: String(mark) } }),
      context,
    );
    const acknowledged = performance.now();
    while (published < mark) await arrived.promise;
    const at = publishedAt.get(mark) ?? performance.now();
    if (mark > warmUp) waits.push(at - acknowledged);
  }
  await publisher.stop();
  await written.close();
  await directory.close();
  const sorted = waits.toSorted((left, right) => left - right);
  process.stdout.write(
    `${changes} changes of one of ${users.toLocaleString('en')} users, one after the other, looked for every ${pollMs} ms\n` +
      `  acknowledged to published: median ${percentile(sorted, 0.5).toFixed(1)} ms, p99 ${percentile(sorted, 0.99).toFixed(1)} ms, longest ${percentile(sorted, 1).toFixed(1)} ms\n`,
  );
} finally {
  child.kill();
  await rm(folder, { recursive: true });
}
