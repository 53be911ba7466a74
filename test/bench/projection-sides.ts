// One side of the projection's bench, in a process of its own: `builder`; `projection <database>` with reading the database;
// `memory <database>` without, as the builder has what it builds in memory. `seed <database>` makes that database. Prints one
// line of JSON.
import { createHash } from 'node:crypto';
import { gzipPayload, jsonChunks, type PayloadSource, type WireApplicationPayload } from '@oaa-kit/oaa';
import { attributeMapping, groupResourceType, ResourceSchema, userResourceType } from '@oaa-kit/scim-writeback';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import type { SnapshotResource } from '../../packages/scim-writeback/src/directory/publications.ts';
import { project, type ResourceInGroups } from '../../packages/scim-writeback/src/projection/projection.ts';
import { projectSnapshot } from '../../packages/scim-writeback/src/publish/prepare-payload.ts';
import { buildApplication } from './build-application.ts';

const userSchema = new ResourceSchema(userResourceType);
const groupSchema = new ResourceSchema(groupResourceType);
const mapping = { User: attributeMapping(userSchema), Group: attributeMapping(groupSchema) };
const organization = 'bench';

const [side = '', file = ''] = process.argv.slice(2);
const openDirectory = () => openSqliteDirectory({ file, userSchema, groupSchema });

/** Without the definitions of properties, which the projection adds, and whatever the order of keys is. */
function digestOf(payload: WireApplicationPayload): string {
  const { custom_property_definition: _, ...rest } = payload;
  const inOrder = (_key: string, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1)))
      : value;
  return createHash('sha256').update(JSON.stringify(rest, inOrder)).digest('hex');
}

/** All resources, read in full. */
async function whole(parts: AsyncIterable<readonly SnapshotResource[]>): Promise<readonly ResourceInGroups[]> {
  return (await all(parts)).flatMap(({ resource, groupIds }) =>
    resource === undefined ? [] : [{ resource, groupIds }],
  );
}

async function all<Item>(parts: AsyncIterable<readonly Item[]>): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const part of parts) for (const item of part) items.push(item);
  return items;
}

async function measure(make: () => Promise<PayloadSource>): Promise<void> {
  const start = performance.now();
  const cpu = process.cpuUsage();
  const payload = await make();
  const makeMs = performance.now() - start;
  await gzipPayload(payload, { write: () => undefined });
  const milliseconds = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  const cpuMs = (user + system) / 1000;
  const peakBytes = process.resourceUsage().maxRSS * 1024;
  const plain = JSON.parse(Array.from(jsonChunks(payload)).join('')) as WireApplicationPayload;
  process.stdout.write(`${JSON.stringify({ milliseconds, cpuMs, makeMs, peakBytes, digest: digestOf(plain) })}\n`);
}

if (side === 'seed') {
  const directory = await openDirectory();
  await directory.organizations.create({ id: organization, name: 'Bench' });
  const start = performance.now();
  await directory.bases(organization).submit(buildApplication().payload.toJSON(), { actor: 'bench' });
  process.stdout.write(`${JSON.stringify({ milliseconds: performance.now() - start })}\n`);
  await directory.close();
} else if (side === 'builder') {
  await measure(async () => buildApplication());
} else if (side === 'memory') {
  const directory = await openDirectory();
  const read = await directory.publications.snapshot(organization, async (snapshot) => ({
    base: snapshot.base.payload as WireApplicationPayload,
    linking: snapshot.base.linking,
    links: await all(snapshot.links()),
    groups: await whole(snapshot.groups(() => false)),
    users: await whole(snapshot.users(() => false)),
  }));
  await directory.close();
  if (read === undefined) throw new Error('There is no base.');
  await measure(async () => ({ ...project({ ...read, mapping }).payload }));
} else {
  const directory = await openDirectory();
  await measure(async () => {
    const result = await directory.publications.snapshot(organization, (snapshot) =>
      projectSnapshot(snapshot, mapping, []),
    );
    if (result === undefined) throw new Error('There is no base.');
    return { ...result.payload };
  });
  await directory.close();
}
