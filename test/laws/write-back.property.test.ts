import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, test } from 'vitest';
import { histories } from './histories.ts';
import { holdToLaws } from './laws.ts';
import { World } from './world.ts';

/**
 * LAW_HISTORIES=10000 before a release; LAW_SEED (and LAW_PATH) repeats what failed. Where changes are judged the histories are
 * always the same ones, so that a change is not refused for what an earlier one did; everywhere else they are new each time.
 */
const count = Number(process.env.LAW_HISTORIES ?? 300);
const fresh = process.env.CI === 'true' ? 41 : Math.floor(Math.random() * 2 ** 31);
const seed = Number(process.env.LAW_SEED ?? fresh);
const path = process.env.LAW_PATH;

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oaa-laws-'));
  process.stdout.write(`laws of write-back: ${count} histories, LAW_SEED=${seed}\n`);
});
afterAll(() => rm(folder, { recursive: true }));

test(`once quiet, application, directory and published payload agree, and nothing is lost, doubled or granted to another (LAW_SEED=${seed})`, {
  timeout: 60_000 + count * 2_000,
}, async () => {
  let number = 0;
  const property = fc.asyncProperty(histories, async ({ style, isSeeded, commands }) => {
    number += 1;
    // A file holds the histories of some organizations: a new one is not cheap.
    const file = join(folder, `${Math.floor(number / 100)}.db`);
    const world = await World.open({ file, organization: `org-${number}`, style, isSeeded });
    try {
      for (const command of commands) await world.happen(command);
      await holdToLaws(world);
    } finally {
      await world.end();
    }
  });
  await fc.assert(property, { numRuns: count, seed, ...(path !== undefined && { path }) });
});
