import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Directory } from '@oaa-kit/scim-writeback/directory';
import { openSqliteDirectory } from '@oaa-kit/scim-writeback/directory/sqlite';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { brokenOnce, identityHistories } from './identity-histories.ts';
import { IdentityWorld, schemas } from './identity-world.ts';

/**
 * As in write-back.property.test.ts: LAW_HISTORIES=10000 before a release; LAW_SEED (and LAW_PATH) repeats what failed. Without
 * either the histories are the same ones everywhere: where nobody can tell two accounts apart, what is excused is still being
 * found, and that is no fault of whoever runs the tests.
 */
const count = Number(process.env.LAW_HISTORIES ?? 100);
const fresh = process.env.LAW_HISTORIES === undefined ? 41 : Math.floor(Math.random() * 2 ** 31);
const seed = Number(process.env.LAW_SEED ?? fresh);
const path = process.env.LAW_PATH;

let folder: string;
let directory: Directory;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-identities-'));
  directory = await openSqliteDirectory({ file: join(folder, 'scim.db'), ...schemas });
  process.stdout.write(`laws of identities: ${count} histories, LAW_SEED=${seed}\n`);
});
afterAll(async () => {
  await directory.close();
  await rm(folder, { recursive: true });
});

test(`bases take nobody for another, remove nobody who is there, and publish everybody with their own grants (LAW_SEED=${seed})`, {
  timeout: 60_000 + count * 500,
}, async () => {
  let number = 0;
  const property = fc.asyncProperty(identityHistories, async ({ style, hired, rounds }) => {
    number += 1;
    const world = await IdentityWorld.open(directory, `org-${number}`, style, hired);
    for (const round of rounds) await world.pass(round);
  });
  // A path counts from the first example.
  const examples = brokenOnce.map((history): [typeof history] => [history]);
  await fc.assert(property, { numRuns: count, seed, examples, ...(path !== undefined && { path }) });
});
