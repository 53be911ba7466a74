import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { repositoryRoot } from './repository.ts';

/** Set by `.ci/run`: commands and programs run what was built instead of the sources. */
const usesDist = process.env.TEST_DIST === 'true';

/** Arguments for node before the name of a program that imports the packages. */
export const nodeArguments: readonly string[] = usesDist ? [] : ['--conditions=@oaa-kit/source'];

/** Arguments for node that run the `oaa` command: the built one, or its sources. */
const oaaArguments: readonly string[] = usesDist
  ? [join(repositoryRoot, 'packages/oaa/bin/oaa.js')]
  : [...nodeArguments, join(repositoryRoot, 'packages/oaa/src/cli/main.ts')];

/** An environment with nothing of the machine's settings in it, in which `oaa` and `node` are found. `home` is made. */
export async function oaaEnvironment(home: string): Promise<Record<string, string>> {
  const bin = join(home, 'bin');
  await mkdir(bin, { recursive: true });
  const words = [process.execPath, ...oaaArguments].map((word) => `'${word}'`).join(' ');
  await writeFile(join(bin, 'oaa'), `#!/bin/sh\nexec ${words} "$@"\n`);
  await chmod(join(bin, 'oaa'), 0o755);
  const path = [bin, dirname(process.execPath), process.env.PATH ?? ''].join(delimiter);
  return { PATH: path, HOME: home, NO_COLOR: '1', CI: 'true' };
}
