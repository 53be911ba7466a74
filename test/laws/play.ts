import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { AdapterFault, ApplicationStyle } from './application.ts';
import type { Command, OutOfBandAct, ScimAct } from './histories.ts';
import { holdToLaws } from './laws.ts';
import { World } from './world.ts';

/** A request whose calls of the adapter meet with these faults, in order. */
export function scim(act: ScimAct, ...faults: readonly (AdapterFault | undefined)[]): Command {
  return { type: 'scim', act, faults, meanwhile: undefined };
}

export function outOfBand(act: OutOfBandAct): Command {
  return { type: 'out of band', act };
}

export const submitted: Command = { type: 'base', step: 'submit' };
export const published: Command = { type: 'publish', fault: undefined };

/** Lets a history happen in a world of its own, which is closed when the test ends, and holds it to the laws. */
export async function play(style: ApplicationStyle, commands: readonly Command[]): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-laws-'));
  const world = await World.open({ file: join(folder, 'scim.db'), organization: 'acme', style, isSeeded: true });
  onTestFinished(async () => {
    await world.end();
    await rm(folder, { recursive: true });
  });
  for (const command of commands) await world.happen(command);
  await holdToLaws(world);
  return world;
}
