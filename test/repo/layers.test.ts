import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import extractDepcruiseOptions from 'dependency-cruiser/config-utl/extract-depcruise-options';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { repositoryRoot } from '../support/repository.ts';

/** For each rule the smallest tree that breaks it: file -> imports. */
const breaches: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'only-http-imports-axios': { 'packages/oaa/src/tenant/tenant.ts': `import axios from 'axios';` },
  'only-csv-imports-csv-parse': { 'packages/oaa/src/sources/json/rows.ts': `import { parse } from 'csv-parse/sync';` },
  'only-cli-imports-yargs': { 'packages/oaa/src/settings/settings.ts': `import { Listr } from 'listr2';` },
  'only-servers-import-fastify': {
    'packages/scim-writeback/src/server/handle.ts': `import type { A } from 'fastify';`,
  },
  'only-sql-imports-kysely': { 'packages/scim-writeback/src/publish/lease.ts': `import { sql } from 'kysely';` },
  'no-upward-import-from-oaa': { 'packages/oaa/src/cli/x.test.ts': `import '@oaa-kit/registrar/sandbox';` },
  'no-upward-import-from-scim-writeback': { 'packages/scim-writeback/src/x.ts': `import '@oaa-kit/registrar';` },
  'no-import-out-of-packages': {
    'packages/oaa/src/x.ts': `import '../../../test/support/y.ts';`,
    'test/support/y.ts': '',
  },
  'packages-meet-by-name': {
    'packages/registrar/src/x.ts': `import '../../oaa/src/y.ts';`,
    'packages/oaa/src/y.ts': '',
  },
  'pure-rooms-have-no-core-modules': { 'packages/oaa/src/graph/x.ts': `import { readFileSync } from 'node:fs';` },
  'pure-rooms-have-no-packages-with-effects': { 'packages/oaa/src/payload/x.ts': `import pino from 'pino';` },
  'pure-rooms-know-only-pure-rooms': {
    'packages/oaa/src/payload/x.ts': `import { now } from '../tenant/now.ts';`,
    'packages/oaa/src/tenant/now.ts': 'export const now = 1;',
  },
  'no-cycles': {
    'packages/oaa/src/a.ts': `import { b } from './b.ts'; export const a = b;`,
    'packages/oaa/src/b.ts': `import { a } from './a.ts'; export const b = a;`,
  },
  'entries-reach-no-tests': {
    'packages/oaa/src/index.ts': `export { x } from './x.ts';`,
    'packages/oaa/src/x.ts': `import './x.test.ts'; export const x = 1;`,
    'packages/oaa/src/x.test.ts': '',
  },
  'declared-dependencies': { 'packages/oaa/src/x.ts': `import 'undeclared';`, ...fakePackage('undeclared') },
  resolvable: { 'packages/oaa/src/x.ts': `import './gone.ts';` },
};

/** Trees that look like a breach and are none. */
const allowed: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'types cross from a pure room to another room, and may point in a circle': {
    'packages/oaa/src/payload/x.ts': `import type { T } from '../tenant/t.ts'; export type X = T;`,
    'packages/oaa/src/tenant/t.ts': `import type { X } from '../payload/x.ts'; export type T = X | 1;`,
  },
  'a test in a pure room reads files': { 'packages/oaa/src/payload/x.test.ts': `import 'node:fs';` },
};

function fakePackage(name: string): Record<string, string> {
  return {
    [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', main: 'index.js' }),
    [`node_modules/${name}/index.js`]: '',
  };
}

let folder: string;
beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'layers-')));
});
afterAll(() => rm(folder, { recursive: true }));

async function brokenRules(name: string, files: Readonly<Record<string, string>>): Promise<string[]> {
  const baseDir = join(folder, name.replaceAll(/\W/g, '-'));
  for (const [path, content] of Object.entries({ 'package.json': '{ "name": "x", "type": "module" }', ...files })) {
    await mkdir(dirname(join(baseDir, path)), { recursive: true });
    await writeFile(join(baseDir, path), content);
  }
  const { tsConfig, ...options } = await extractDepcruiseOptions(join(repositoryRoot, '.dependency-cruiser.js'));
  const sources = Object.keys(files).filter((path) => !path.startsWith('node_modules/'));
  const { output } = await cruise(sources, { ...options, baseDir, validate: true });
  return (output as ICruiseResult).summary.violations.map((violation) => violation.rule.name);
}

describe('each rule of .dependency-cruiser.js can fail', () => {
  test.each(Object.entries(breaches))('%s', async (rule, files) => {
    expect(await brokenRules(rule, files)).toContain(rule);
  });

  test('and none is without a case', async () => {
    const { ruleSet } = await extractDepcruiseOptions(join(repositoryRoot, '.dependency-cruiser.js'));
    expect(ruleSet?.forbidden?.map((rule) => rule.name)).toEqual(Object.keys(breaches));
  });
});

describe('no rule fails where', () => {
  test.each(Object.entries(allowed))('%s', async (name, files) => {
    expect(await brokenRules(name, files)).toEqual([]);
  });
});
