import { realpath } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { UsageError } from '../../errors/index.ts';
import { builtinMappingFile } from '../../sources/mapping/builtin-mappings.ts';
import type { Mapping } from '../../sources/mapping/mapping-schema.ts';
import type { rejectsPaths } from '../../sources/rejects.ts';
import type { CommandContext, OptionValues } from '../command.ts';
import { printableLine } from '../printable.ts';
import type { buildOptions } from './build.ts';

/** Where a build reads and writes; absolute paths. */
export interface BuildFiles {
  /** What the names of sources are relative to. */
  readonly folder: string;
  /** Undefined: stdout. */
  readonly out: string | undefined;
  /** For each source file the one with its bad rows. */
  readonly rejects: ReadonlyMap<string, string>;
}

/**
 * The file of `--mapping`: the user's, or a ready one.
 *
 * @throws InputError for a ready mapping that there is none of
 */
export function mappingFile(cwd: string, name: string): string {
  return builtinMappingFile(name) ?? resolve(cwd, name);
}

/** The sources lie beside the mapping, those of a ready one in the current folder, unless told otherwise. */
function sourcesFolder(cwd: string, { mapping, sources }: OptionValues<typeof buildOptions>): string {
  if (sources !== undefined) return resolve(cwd, sources);
  return builtinMappingFile(mapping) === undefined ? dirname(resolve(cwd, mapping)) : cwd;
}

/** The same name for all ways to name a file. */
async function real(path: string): Promise<string> {
  return realpath(path).catch(() => path);
}

/**
 * Finds the places of all files of a build.
 *
 * @throws UsageError when something that is read would be overwritten
 */
export async function findBuildFiles(
  { cwd }: CommandContext,
  options: OptionValues<typeof buildOptions>,
  { sources, tables }: Mapping,
  rejects: ReturnType<typeof rejectsPaths>,
): Promise<BuildFiles> {
  const mapping = mappingFile(cwd, options.mapping);
  const folder = sourcesFolder(cwd, options);
  const { out } = options;
  const files: BuildFiles = {
    folder,
    out: out === undefined ? undefined : resolve(cwd, out),
    rejects: new Map(Array.from(rejects, ([file, path]) => [file, resolve(cwd, path)])),
  };
  const read = [mapping, ...[...sources, ...Object.values(tables ?? {})].map(({ file }) => resolve(folder, file))];
  const inputs = new Set(await Promise.all(read.map(real)));
  const written = [
    ...(files.out === undefined ? [] : [['--out', files.out] as const]),
    ...[...files.rejects.values()].map((path) => ['--rejects', path] as const),
  ];
  const taken = new Map<string, string>();
  for (const [flag, path] of written) {
    const place = await real(path);
    if (inputs.has(place)) {
      throw new UsageError('usage', `${flag} would overwrite ${printableLine(path)}, which the build reads.`, {
        hint: `Name another file with ${flag}.`,
      });
    }
    if (taken.has(place)) {
      throw new UsageError('usage', `--out and --rejects would both write ${printableLine(path)}.`, {
        hint: 'Name another file with --rejects.',
      });
    }
    taken.set(place, flag);
  }
  return files;
}
