// What a request to the SCIM service costs: beside a bare fastify route that answers the same bytes, and with few and many
// users. CPU time of the server for each request; what counts are the ratios.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Call, type Load, load, send, startTarget, type Target } from './load.ts';
import { type People, person, seed } from './people.ts';

const rounds = Number(process.argv[2] ?? 5);
const most = Number(process.argv[3] ?? 1_000_000);
const patchUrn = 'urn:ietf:params:scim:api:messages:2.0:PatchOp';

const folder = await mkdtemp(join(tmpdir(), 'oaa-bench-scim-'));
const say = (line: string) => process.stdout.write(`${line}\n`);

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? Number.NaN;
}

const cpu = (loads: readonly Load[]) => median(loads.map(({ cpuMicroseconds }) => cpuMicroseconds));
const rate = (loads: readonly Load[]) => median(loads.map(({ requestsPerSecond }) => requestsPerSecond)).toFixed(0);

interface Read {
  readonly title: string;
  readonly count: number;
  readonly limit: number;
  readonly call: (people: People, number: number) => Call;
}

const reads: readonly Read[] = [
  {
    title: 'get by id',
    count: 3_000,
    limit: 3,
    call: ({ userIds }, number) => ({ method: 'GET', path: `/Users/${userIds[number % userIds.length]}` }),
  },
  {
    title: 'userName eq',
    count: 3_000,
    limit: 3,
    call: ({ users }, number) => {
      const filter = encodeURIComponent(`userName eq "user${(number * 7919) % users}@example.com"`);
      return { method: 'GET', path: `/Users?filter=${filter}` };
    },
  },
  {
    title: 'page of 100',
    count: 500,
    limit: 5,
    call: ({ users }, number) => ({
      method: 'GET',
      path: `/Users?startIndex=${((number * 100) % Math.min(users, 1_900)) + 1}&count=100`,
    }),
  },
];

/** Both sides answer the same request again and again, so that both answer the same bytes. */
async function compareReads(people: People): Promise<void> {
  const service = await startTarget({ kind: 'service', file: people.file });
  for (const { title, count, limit, call } of reads) {
    const same = call(people, 3);
    const bare = await startTarget({ kind: 'bare', answers: [await send(service, same)] });
    const sides: { readonly service: Load[]; readonly bare: Load[] } = { service: [], bare: [] };
    const path = same.path.replace(/\?.*/, '');
    for (let round = -1; round < rounds; round += 1) {
      const ours = await load(service, count, 16, () => same, 200);
      const floor = await load(bare, count, 16, () => ({ method: 'GET', path }), 200);
      // The first round warms both up.
      if (round < 0) continue;
      sides.service.push(ours);
      sides.bare.push(floor);
    }
    await bare.stop();
    const [ours, floor] = [cpu(sides.service), cpu(sides.bare)];
    say(
      `  ${title.padEnd(12)} ${ours.toFixed(0)} us, bare ${floor.toFixed(0)} us: ${(ours / floor).toFixed(2)} x (at most ${limit}); ${rate(sides.service)} requests/s`,
    );
  }
  await service.stop();
}

const writes: Readonly<Record<string, (people: People, number: number) => Call & { readonly expected: number }>> = {
  'userName eq': (people, number) => ({ ...(reads[1] as Read).call(people, number), expected: 200 }),
  create: ({ users }, number) => ({
    method: 'POST',
    path: '/Users',
    body: JSON.stringify(person(users + number)),
    expected: 201,
  }),
  'active patch': ({ userIds }, number) => ({
    method: 'PATCH',
    path: `/Users/${userIds[number % userIds.length]}`,
    body: JSON.stringify({
      schemas: [patchUrn],
      Operations: [{ op: 'replace', path: 'active', value: number % (2 * userIds.length) >= userIds.length }],
    }),
    expected: 200,
  }),
  'one member': ({ groupId, userIds }, number) => ({
    method: 'PATCH',
    path: `/Groups/${groupId}`,
    body: JSON.stringify({
      schemas: [patchUrn],
      Operations: [
        {
          op: number % (2 * userIds.length) < userIds.length ? 'remove' : 'add',
          path: 'members',
          value: [{ value: userIds[number % userIds.length] }],
        },
      ],
    }),
    expected: 204,
  }),
};

/** Loads of each kind of request; numbers go on from round to round, so that no user is created twice. */
async function loadWrites(target: Target, people: People): Promise<Readonly<Record<string, Load[]>>> {
  const loads: Record<string, Load[]> = {};
  for (const [title, call] of Object.entries(writes)) {
    const { expected } = call(people, 0);
    const measured: Load[] = [];
    for (let round = 0; round <= rounds; round += 1) {
      measured.push(await load(target, 1_000, 16, (number) => call(people, round * 1_000 + number), expected));
    }
    loads[title] = measured.slice(1);
  }
  return loads;
}

async function measureWrites(people: People): Promise<Readonly<Record<string, Load[]>>> {
  const target = await startTarget({ kind: 'service', file: people.file });
  const loads = await loadWrites(target, people);
  await target.stop();
  return loads;
}

try {
  say(`${rounds} rounds, medians; CPU time of the server for each request`);
  for (const users of [2_000, 100_000]) {
    say(`${users.toLocaleString('en')} users, beside a bare fastify route that answers the same bytes`);
    await compareReads(await seed(join(folder, `${users}.db`), users, Math.min(users, 1_900)));
  }
  say(`From 1,000 users (a group of 1,000) to ${most.toLocaleString('en')} (a group of 100,000)`);
  const few = await measureWrites(await seed(join(folder, 'few.db'), 1_000, 1_000));
  const many = await measureWrites(await seed(join(folder, 'many.db'), most, Math.min(most, 100_000)));
  for (const title of Object.keys(writes)) {
    const [before, after] = [few[title] ?? [], many[title] ?? []];
    say(
      `  ${title.padEnd(12)} ${cpu(before).toFixed(0)} us to ${cpu(after).toFixed(0)} us: ${(cpu(after) / cpu(before)).toFixed(2)} x (at most 2); ${rate(before)} and ${rate(after)} requests/s`,
    );
  }
} finally {
  await rm(folder, { recursive: true });
}
