import { readFileSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type ProcessResult, runProcess } from './run-process.ts';

const mark = 'loaded-module ';

/** Says on stderr which modules are loaded, ES modules and CommonJS alike. */
const recorder = `data:text/javascript,${encodeURIComponent(`
import { registerHooks } from 'node:module';
import { writeSync } from 'node:fs';
registerHooks({
  load(url, context, next) {
    if (url.startsWith('file:')) writeSync(2, ${JSON.stringify(mark)} + url + '\\n');
    return next(url, context);
  },
});`)}`;

export interface LoadedModules {
  readonly result: ProcessResult;
  /** URLs of files. */
  readonly modules: readonly string[];
  /** Names of the third-party packages among them, sorted. */
  readonly packages: readonly string[];
}

/** Runs node with these arguments and notes what it loads. */
export async function loadedModules(args: readonly string[], cwd: string): Promise<LoadedModules> {
  const env = { PATH: process.env.PATH ?? '', HOME: cwd };
  const result = await runProcess(process.execPath, ['--import', recorder, ...args], { cwd, env });
  const modules = result.stderr
    .split('\n')
    .filter((line) => line.startsWith(mark))
    .map((line) => line.slice(mark.length));
  const names = modules.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(url)?.[1] ?? []);
  return { result, modules, packages: [...new Set(names)].sort() };
}

/** A package, its dependencies, those that it takes when they are there, and all of theirs, by name. `from`: a file that may import the package. */
export function dependencyClosure(name: string, from: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const paths = createRequire(pathToFileURL(from)).resolve.paths(name) ?? [];
  for (const folder of paths) {
    const manifest = join(folder, name, 'package.json');
    let text: string;
    try {
      text = readFileSync(manifest, 'utf8');
    } catch {
      continue;
    }
    const { dependencies, peerDependenciesMeta, optionalDependencies } = JSON.parse(text);
    const here = join(dirname(realpathSync(manifest)), 'package.json');
    for (const dependency of Object.keys({ ...dependencies, ...peerDependenciesMeta, ...optionalDependencies })) {
      dependencyClosure(dependency, here, seen);
    }
    break;
  }
  return seen;
}
