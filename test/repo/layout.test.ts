import { expect, test } from 'vitest';
import { projectFiles } from '../support/repository.ts';

/** What the client agreed to find at the top. */
const agreed = [
  'README.md',
  'examples',
  'package.json',
  'packages',
  'pnpm-workspace.yaml',
  'templates',
  'test',
  'tsconfig.json',
];

/** Files that a tool or a reader of any project looks for at the top; further folders are not allowed. */
const besideThem = [
  '.changeset',
  '.ci',
  '.dependency-cruiser.js',
  '.gitattributes',
  '.github',
  '.gitignore',
  '.npmrc',
  '.node-version',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'LICENSE',
  'SECURITY.md',
  'biome.json',
  'knip.jsonc',
  'pnpm-lock.yaml',
  'vitest.config.ts',
];

test('the top level holds only the agreed names', () => {
  const names = new Set(projectFiles().map((file) => file.split('/')[0] ?? ''));
  expect([...names].filter((name) => ![...agreed, ...besideThem].includes(name))).toEqual([]);
});

test('there are exactly three packages', () => {
  const names = new Set(projectFiles().flatMap((file) => /^packages\/([^/]+)\//.exec(file)?.[1] ?? []));
  expect([...names].toSorted()).toEqual(['oaa', 'registrar', 'scim-writeback']);
});

test('an example is a folder with a README', () => {
  const files = projectFiles();
  const examples = new Set(files.flatMap((file) => /^examples\/([^/]+)\//.exec(file)?.[1] ?? []));
  expect([...examples].filter((name) => !files.includes(`examples/${name}/README.md`))).toEqual([]);
});
