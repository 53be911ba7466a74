import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputError } from '../../errors/errors.ts';
import { didYouMean } from '../../errors/nearest-name.ts';

const prefix = 'builtin:';

/** Ready mappings lie beside what was built; run from source, they are taken from where the build takes them. */
function mappingsFolder(): string {
  const here = fileURLToPath(import.meta.url);
  let root = dirname(here);
  while (!existsSync(join(root, 'package.json'))) {
    if (root === dirname(root))
      throw new Error(`No package.json lies above ${here}: the ready mappings are not there.`);
    root = dirname(root);
  }
  return join(root, here.endsWith('.ts') ? '../../templates' : 'dist/templates', 'mappings');
}

/** The ids of the ready mappings, which can be named as `builtin:<id>`. */
export function builtinMappings(): string[] {
  return readdirSync(mappingsFolder())
    .flatMap((file) => (file.endsWith('.yaml') ? [file.slice(0, -'.yaml'.length)] : []))
    .sort();
}

/**
 * The file of a ready mapping; undefined for a name that is not `builtin:<id>`.
 * @throws InputError when there is no such mapping
 */
export function builtinMappingFile(name: string): string | undefined {
  if (!name.startsWith(prefix)) return undefined;
  const id = name.slice(prefix.length);
  const ids = builtinMappings();
  if (ids.includes(id)) return join(mappingsFolder(), `${id}.yaml`);
  throw new InputError('file-unreadable', `There is no ready mapping "${id}".${didYouMean(id, ids)}`, {
    hint: `Ready mappings are ${ids.map((known) => prefix + known).join(' and ')}. Others begin with: oaa mapping suggest users.csv > mapping.yaml`,
  });
}
