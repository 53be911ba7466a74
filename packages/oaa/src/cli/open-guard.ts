import { resolve } from 'node:path';
import { createRemovalGuard, type RemovalGuard, type RemovalGuardOptions, stateFolder } from '../guard/index.ts';
import { loadConfig, readEnvFile } from '../settings/index.ts';
import type { CommandContext, OptionValues } from './command.ts';
import type { pushOptions } from './commands/push.ts';

type GuardValues = Partial<Pick<OptionValues<typeof pushOptions>, 'max-removal' | 'first-push' | 'state-dir'>>;

/** Flag, then environment, then `.env`, then `oaa.config.yaml`; an empty text counts as not given. */
async function folderOf(
  { cwd, env }: CommandContext,
  flag: string | undefined,
  configured: string | undefined,
): Promise<string> {
  const { OAA_STATE_DIR: fromFile } = await readEnvFile(cwd);
  const named = [flag, env.OAA_STATE_DIR, fromFile, configured].find((text) => text !== undefined && text !== '');
  return named === undefined ? stateFolder(env, cwd) : resolve(cwd, named);
}

/** The removal guard with the limits and the folder of the options and settings. */
export async function openGuard(context: CommandContext, options: GuardValues): Promise<RemovalGuard> {
  return createRemovalGuard(await guardOptions(context, options));
}

/** Limits and folder of the removal guard that the options and settings name. */
export async function guardOptions(context: CommandContext, options: GuardValues): Promise<RemovalGuardOptions> {
  const { cwd, configFile: file, now } = context;
  const configured = (await loadConfig({ cwd, file }))?.config.removalGuard;
  return {
    maxRemovalPercent: options['max-removal'] ?? configured?.maxRemovalPercent,
    minimumRemovals: configured?.minimumRemovals,
    firstPush: options['first-push'],
    stateFolder: await folderOf(context, options['state-dir'], configured?.stateDir),
    now,
  };
}
