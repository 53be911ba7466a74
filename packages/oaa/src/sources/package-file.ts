import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * A file of this package that is found by its path and not imported. Paths are relative to the package's folder.
 *
 * @param source where it lies when the package runs from its source
 * @param built where the build puts it
 */
export function packageFile(source: string, built: string): string {
  const here = fileURLToPath(import.meta.url);
  let root = dirname(here);
  while (!existsSync(join(root, 'package.json'))) root = dirname(root);
  return join(root, here.endsWith('.ts') ? source : built);
}
