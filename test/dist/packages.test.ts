import { readdirSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFiles, readProjectFile, repositoryRoot } from '../support/repository.ts';
import { describeResult, runProcess } from '../support/run-process.ts';

const folders = projectFiles().flatMap((file) => /^(packages\/[^/]+)\/package[.]json$/.exec(file)?.[1] ?? []);
const entries = folders.flatMap((folder) => {
  const { name, exports } = JSON.parse(readProjectFile(`${folder}/package.json`));
  return Object.keys(exports).map((subpath) => `${name}${subpath.slice(1)}`);
});

/** The names that an entry exports, in a process of its own. */
async function exportedNames(entry: string, conditions: readonly string[]): Promise<unknown> {
  const program = `console.log(JSON.stringify(Object.keys(await import('${entry}'))))`;
  const args = [...conditions, '--no-warnings', '--input-type=module', '--eval', program];
  const env = { PATH: process.env.PATH ?? '' };
  const result = await runProcess(process.execPath, args, { cwd: repositoryRoot, env });
  expect(result.exitCode, describeResult(result)).toBe(0);
  return JSON.parse(result.stdout);
}

test.each(entries)('%s exports, once built, what its source exports', async (entry) => {
  const [built, source] = await Promise.all([
    exportedNames(entry, []),
    exportedNames(entry, ['--conditions=@oaa-kit/source']),
  ]);
  expect(built).toEqual(source);
});

describe.each(folders)('%s/dist', (folder) => {
  const files = readdirSync(join(repositoryRoot, folder, 'dist'), { recursive: true, encoding: 'utf8' });
  const modules = files.filter((file) => file.endsWith('.js'));
  const read = (file: string): string => readFileSync(join(repositoryRoot, folder, 'dist', file), 'utf8');

  test('names modules of Node.js with node:, without which node:sqlite is another package', () => {
    // Those that have no bare name are listed with the prefix.
    const names = builtinModules.map((name) => name.replace('node:', ''));
    const bare = new RegExp(`(?:from|import)\\s*\\(?["'](?:${names.join('|')})["']`);
    expect(modules.filter((file) => bare.test(read(file)))).toEqual([]);
  });

  test('has no test, no source and no path of the machine that built it', () => {
    expect(files.filter((file) => /[.]test[.]|\btest-/.test(file) || /(?<![.]d)[.]ts$/.test(file))).toEqual([]);
    expect(modules.filter((file) => read(file).includes(repositoryRoot))).toEqual([]);
  });
});

test('@oaa-kit/oaa, once built, has the ready mappings with it', async () => {
  const program = `
    const { readMapping } = await import('@oaa-kit/oaa/sources');
    for (const id of ['app-csv-import', 'simple_csv']) {
      const { mapping } = await readMapping('builtin:' + id);
      console.log(id, mapping.sources.length);
    }`;
  const args = ['--no-warnings', '--input-type=module', '--eval', program];
  const result = await runProcess(process.execPath, args, {
    cwd: repositoryRoot,
    env: { PATH: process.env.PATH ?? '' },
  });
  expect(describeResult(result)).toBe('exit code 0\napp-csv-import 5\nsimple_csv 1');
});
