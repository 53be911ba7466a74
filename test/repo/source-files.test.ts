import { describe, expect, test } from 'vitest';
import { findExportProblems } from '../support/export-problems.ts';
import { projectFiles, readProjectFile } from '../support/repository.ts';

const sources = projectFiles().filter((file) => /[.](ts|tsx|js|mjs|cjs)$/.test(file) && !file.includes('/fixtures/'));
const lineLimit = 400;

/** File -> why it is one concept all the same. */
const longFiles: Readonly<Record<string, string>> = {};

describe('source files', () => {
  test(`have at most ${lineLimit} lines, or a reason`, () => {
    const long = sources
      .map((file) => ({ file, lines: readProjectFile(file).trimEnd().split('\n').length }))
      .filter(({ lines }) => lines > lineLimit);
    expect(long.filter(({ file }) => longFiles[file] === undefined)).toEqual([]);
    expect(Object.keys(longFiles).filter((file) => !long.some((one) => one.file === file))).toEqual([]);
  });

  test('are named in kebab-case', () => {
    const names = sources.map((file) => file.split('/').at(-1) ?? '');
    const kebab = /^[.]?[a-z0-9]+(-[a-z0-9]+)*([.][a-z0-9]+(-[a-z0-9]+)*)+$/;
    expect(names.filter((name) => !kebab.test(name))).toEqual([]);
  });

  test('export by name only, and an index.ts does nothing else', () => {
    const found = sources.flatMap((file) =>
      findExportProblems(readProjectFile(file), {
        onlyExports: /^packages\/[^/]+\/src\/(.+\/)?index[.]ts$/.test(file),
      }).map(({ line, what }) => `${file}:${line} ${what}`),
    );
    expect(found).toEqual([]);
  });
});
