// Clients that change one group and one user at the same time: nothing that was acknowledged may be lost. Not a bench, but
// it needs the same server under load. Ends with 1 when something is missing.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { send, startTarget } from './load.ts';
import { openDirectory, seed } from './people.ts';

const seconds = Number(process.argv[2] ?? 30);
const clients = 64;
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

interface Shown {
  readonly members?: readonly { readonly value: string }[];
  readonly phoneNumbers?: readonly { readonly type: string; readonly value: string }[];
}

const folder = await mkdtemp(join(tmpdir(), 'oaa-parallel-'));
const people = await seed(join(folder, 'people.db'), 2_000, 10);
const target = await startTarget({ kind: 'service', file: people.file });
const groupPath = `/Groups/${people.groupId}`;
const userPath = `/Users/${people.userIds[0]}`;

const read = async (path: string): Promise<Shown> => JSON.parse((await send(target, { method: 'GET', path })).body);
const patch = async (path: string, operation: object): Promise<boolean> => {
  const body = JSON.stringify({ schemas: [patchUrn], Operations: [operation] });
  const { status } = await send(target, { method: 'PATCH', path, body });
  return status < 300;
};

/** What was acknowledged: members, and the phone number that each client keeps on the one user. */
const members = new Set((await read(groupPath)).members?.map(({ value }) => value));
const phones = new Map<string, string>();
let acknowledged = 0;
let refused = 0;

async function change(client: number, end: number): Promise<void> {
  // Nobody else touches these, so that the last acknowledged state of each is known.
  const own = people.userIds.filter((_, index) => index > 0 && index % clients === client);
  for (let round = 0; performance.now() < end; round += 1) {
    const value = own[round % own.length] ?? '';
    const isMember = members.has(value);
    const changed = await patch(groupPath, { op: isMember ? 'remove' : 'add', path: 'members', value: [{ value }] });
    if (changed && isMember) members.delete(value);
    else if (changed) members.add(value);
    const phone = `${client}-${round}`;
    const called = await patch(userPath, { op: 'add', path: `phoneNumbers[type eq "c${client}"].value`, value: phone });
    if (called) phones.set(`c${client}`, phone);
    acknowledged += Number(changed) + Number(called);
    refused += 2 - Number(changed) - Number(called);
  }
}

const end = performance.now() + seconds * 1_000;
await Promise.all(Array.from({ length: clients }, (_, client) => change(client, end)));
const shownMembers = new Set((await read(groupPath)).members?.map(({ value }) => value));
const shownPhones = new Map((await read(userPath)).phoneNumbers?.map(({ type, value }) => [type, value]));
await target.stop();

const directory = await openDirectory(people.file);
const changes = directory.organization('bench');
let revision = 0;
let gaps = 0;
for (let rows = await changes.changes(0, 1_000); rows.length > 0; rows = await changes.changes(revision, 1_000)) {
  for (const row of rows) {
    if (row.revision !== revision + 1) gaps += 1;
    revision = row.revision;
  }
}
await directory.close();
await rm(folder, { recursive: true });

const differing = [...new Set([...members, ...shownMembers])].filter((id) => members.has(id) !== shownMembers.has(id));
const lostMembers = differing.length;
const lostPhones = [...phones].filter(([type, value]) => shownPhones.get(type) !== value).length;
const result = { seconds, clients, acknowledged, refused, lostMembers, lostPhones, revision, gaps };
process.stdout.write(`${JSON.stringify(result)}\n`);
process.exitCode = lostMembers + lostPhones + gaps + refused === 0 && acknowledged > 0 ? 0 : 1;
