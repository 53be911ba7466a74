import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, resolve } from 'node:path';
import type { Command, CommandContext } from './command.ts';
import { loadPack, type PackLoader } from './packs.ts';

/** Whether a settings file has the word: the reader of settings is heavy, and few name packs. */
async function mayNamePacks(path: string): Promise<boolean> {
  try {
    return (await readFile(path, 'utf8')).includes('packs');
  } catch {
    return false;
  }
}

/**
 * The commands of the third-party packs that `oaa.config.yaml` names: packages whose subpath `./cli` exports
 * `commands`, or files (`./packs/mine.js`, relative to the settings file).
 *
 * @throws {UsageError} `pack-missing`, `setting-invalid`.
 */
export async function configuredPackCommands(
  context: CommandContext,
  folders: readonly string[],
  loader: PackLoader,
): Promise<readonly Command[]> {
  const file = context.configFile ?? 'oaa.config.yaml';
  const path = resolve(context.cwd, file);
  if (!(await mayNamePacks(path))) return [];
  const { loadConfig } = await import('../settings/index.ts');
  const loaded = await loadConfig({ cwd: context.cwd, file: context.configFile });
  const commands: Command[] = [];
  for (const name of loaded?.config.packs ?? []) {
    const isFile = name.startsWith('.') || isAbsolute(name);
    const specifier = isFile ? resolve(dirname(path), name) : `${name}/cli`;
    const needed = {
      message: `The pack "${name}" that ${file} names was not found, or exports no commands.`,
      hint: isFile ? 'Correct the path under "packs".' : `npm install ${name}, or remove it from "packs".`,
    };
    commands.push(...(await loadPack(specifier, folders, needed, loader)));
  }
  return commands;
}
