import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { UsageError } from '../errors/index.ts';
import type { Command } from './command.ts';
import type { NounHelp } from './help.ts';

/** A package whose commands are found at run time. */
interface KnownPack {
  readonly packageName: string;
  readonly nouns: readonly NounHelp[];
}

/** The packs of this project. Their nouns are listed without loading them. */
const knownPacks: readonly KnownPack[] = [
  {
    packageName: '@oaa-kit/scim-writeback',
    nouns: [{ noun: 'scim', summary: 'Serve, check and use a SCIM 2.0 service' }],
  },
  {
    packageName: '@oaa-kit/registrar',
    nouns: [
      { noun: 'registrar', summary: 'Declare a provider in a manifest; plan and apply it' },
      { noun: 'sandbox', summary: 'Run a local stand-in for a tenant' },
    ],
  },
];

/** What the help of `oaa` lists for the known packs. */
export const packNouns: readonly NounHelp[] = knownPacks.flatMap(({ nouns }) => nouns);

/** How a pack's module is found and loaded. */
export interface PackLoader {
  /** The URL of a module that can be imported from `folder`; undefined when there is none. */
  resolve(specifier: string, folder: string): string | undefined;
  import(url: string): Promise<unknown>;
}

/** Looks for modules as Node does. */
export const nodePackLoader: PackLoader = {
  resolve: (specifier, folder) => {
    try {
      return pathToFileURL(createRequire(join(folder, 'resolve-from-here.js')).resolve(specifier)).href;
    } catch {
      return undefined;
    }
  },
  import: (url) => import(url),
};

function isCommand(value: unknown): value is Command {
  if (typeof value !== 'object' || value === null) return false;
  const { path, summary, load } = value as Partial<Command>;
  return Array.isArray(path) && path.length > 0 && typeof summary === 'string' && typeof load === 'function';
}

/** The commands that a module exports as `commands`; undefined when it exports none. */
function commandsOf(module: unknown): readonly Command[] | undefined {
  if (typeof module !== 'object' || module === null || !('commands' in module)) return undefined;
  const { commands } = module;
  return Array.isArray(commands) && commands.length > 0 && commands.every(isCommand) ? commands : undefined;
}

/**
 * Loads the commands of a pack from the first of `folders` where it is installed.
 *
 * @param specifier the module: `@oaa-kit/registrar/cli`, or `./my-pack.js`.
 * @param needed what the pack is needed for, and how to get it.
 * @throws {UsageError} `pack-missing` when it is not installed, has no commands or cannot be loaded.
 */
export async function loadPack(
  specifier: string,
  folders: readonly string[],
  needed: { readonly message: string; readonly hint: string },
  loader: PackLoader,
): Promise<readonly Command[]> {
  let cause: unknown;
  for (const folder of folders) {
    const url = loader.resolve(specifier, folder);
    if (url === undefined) continue;
    try {
      const commands = commandsOf(await loader.import(url));
      if (commands !== undefined) return commands;
    } catch (error) {
      cause ??= error;
    }
  }
  const reason = cause instanceof Error ? ` It is installed but cannot be loaded: ${cause.message}` : '';
  throw new UsageError('pack-missing', needed.message + reason, { hint: needed.hint, cause });
}

/** The commands of the known pack that owns `noun`; undefined when none does. */
export async function loadKnownPack(
  noun: string,
  folders: readonly string[],
  loader: PackLoader,
): Promise<readonly Command[] | undefined> {
  const pack = knownPacks.find(({ nouns }) => nouns.some((help) => help.noun === noun));
  if (pack === undefined) return undefined;
  const { packageName } = pack;
  const commands = await loadPack(
    `${packageName}/cli`,
    folders,
    {
      message: `Install ${packageName} to use \`oaa ${noun}\`: the command comes with that package, which was not found.`,
      hint: `npm install ${packageName}`,
    },
    loader,
  );
  const owned = commands.filter(({ path }) => path[0] === noun);
  if (owned.length > 0) return owned;
  throw new UsageError('pack-missing', `The installed ${packageName} has no \`oaa ${noun}\` yet: it is too old.`, {
    hint: `npm install ${packageName}@latest`,
  });
}
