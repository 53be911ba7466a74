import { readFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { UsageError } from '../errors/index.ts';
import type { Command, CommandContext } from './command.ts';
import { loadPack, type PackLoader } from './packs.ts';

/** The text of the settings file when it names packs; undefined otherwise, so that YAML is loaded only for those. */
async function textWithPacks(path: string): Promise<string | undefined> {
  try {
    const text = await readFile(path, 'utf8');
    return /^["']?packs["']?\s*:/m.test(text) ? text : undefined;
  } catch {
    return undefined;
  }
}

function wrongPacks(path: string, reason: string, cause?: unknown): UsageError {
  return new UsageError('setting-invalid', `${path}: ${reason}`, {
    hint: 'Write packs as a list of package names: packs: ["@acme/oaa-pack"]',
    cause,
  });
}

/** The packs that a settings file names under `packs:`. */
async function packNames(path: string): Promise<readonly string[]> {
  const text = await textWithPacks(path);
  if (text === undefined) return [];
  const { parse } = await import('yaml');
  let document: unknown;
  try {
    document = parse(text);
  } catch (error) {
    throw wrongPacks(path, `this is not YAML: ${error instanceof Error ? error.message : String(error)}`, error);
  }
  const packs = (document as { readonly packs?: unknown } | null)?.packs ?? [];
  if (!Array.isArray(packs)) throw wrongPacks(path, '"packs" is not a list.');
  return packs.map((pack: unknown) => {
    if (typeof pack !== 'string' || pack === '') throw wrongPacks(path, '"packs" holds something that is not a name.');
    return pack;
  });
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
  const path = context.configFile ?? join(context.cwd, 'oaa.config.yaml');
  const commands: Command[] = [];
  for (const name of await packNames(path)) {
    const isFile = name.startsWith('.') || isAbsolute(name);
    const specifier = isFile ? resolve(dirname(path), name) : `${name}/cli`;
    const needed = {
      message: `The pack "${name}" that ${path} names was not found, or exports no commands.`,
      hint: isFile ? 'Correct the path under "packs".' : `npm install ${name}, or remove it from "packs".`,
    };
    commands.push(...(await loadPack(specifier, folders, needed, loader)));
  }
  return commands;
}
