import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

export const repositoryRoot = resolve(import.meta.dirname, '../..');

/** All files of the project that git tracks or would track, relative to the root, with `/`. */
export function projectFiles(): string[] {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '--deduplicate', '-z'];
  const output = execFileSync('git', list, { cwd: repositoryRoot, encoding: 'utf8' });
  const deleted = execFileSync('git', ['ls-files', '--deleted', '-z'], { cwd: repositoryRoot, encoding: 'utf8' });
  const gone = new Set(deleted.split('\0'));
  return output.split('\0').filter((path) => path !== '' && !gone.has(path));
}

/** The content of a project file as text. */
export function readProjectFile(path: string): string {
  return readFileSync(join(repositoryRoot, path), 'utf8');
}
