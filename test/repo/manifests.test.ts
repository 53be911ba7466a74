import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { projectFiles, readProjectFile, repositoryRoot } from '../support/repository.ts';

interface Manifest {
  readonly name: string;
  readonly private?: boolean;
  readonly license?: string;
  readonly type?: string;
  readonly description?: string;
  readonly engines?: { readonly node?: string };
  readonly files?: readonly string[];
  readonly sideEffects?: unknown;
  readonly publishConfig?: { readonly access?: string };
  readonly exports?: Readonly<Record<string, unknown>>;
  readonly scripts?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

const manifests = projectFiles()
  .filter((file) => /^(package[.]json|(packages|examples)\/[^/]+\/package[.]json)$/.test(file))
  .map((file): [string, Manifest] => [file, JSON.parse(readProjectFile(file))]);
const published = manifests.filter(([file]) => file.startsWith('packages/'));
const workspace: { readonly catalog: Readonly<Record<string, string>> } = parse(readProjectFile('pnpm-workspace.yaml'));

/** pnpm runs its own command instead of a script of this name. */
const swallowedScripts = [
  'audit',
  'deploy',
  'import',
  'init',
  'link',
  'list',
  'outdated',
  'pack',
  'publish',
  'v',
  'why',
];

function dependenciesOf(manifest: Manifest): [string, string][] {
  const { dependencies, devDependencies, optionalDependencies, peerDependencies } = manifest;
  return Object.entries({ ...peerDependencies, ...optionalDependencies, ...devDependencies, ...dependencies });
}

describe.each(manifests)('%s', (file, manifest) => {
  test('says MIT, ES modules, and what it is', () => {
    const { license, type, description } = manifest;
    expect({ license, type, described: (description ?? '') !== '' }).toEqual({
      license: 'MIT',
      type: 'module',
      described: true,
    });
  });

  test('takes every version from the catalog', () => {
    const own = dependenciesOf(manifest).filter(
      ([, version]) => version !== 'catalog:' && !/^workspace:[*^~]$/.test(version),
    );
    expect(own).toEqual([]);
  });

  test('has no script that pnpm would swallow', () => {
    expect(Object.keys(manifest.scripts ?? {}).filter((name) => swallowedScripts.includes(name))).toEqual([]);
  });

  test('is private unless it is one of the packages', () => {
    expect(manifest.private === true).toBe(!file.startsWith('packages/'));
  });
});

describe.each(published)('%s', (file, manifest) => {
  test('is public, and runs on every Node.js with type stripping', () => {
    const { engines, publishConfig, sideEffects, name } = manifest;
    expect({ engines, access: publishConfig?.access, sideEffects, name }).toEqual({
      engines: { node: '>=22.18' },
      access: 'public',
      sideEffects: false,
      name: `@oaa-kit/${dirname(file).split('/').at(-1)}`,
    });
  });

  test('publishes dist and no sources', () => {
    expect(manifest.files).toContain('dist');
    expect(manifest.files).not.toContain('src');
  });

  test('exports each entry as source, types and code, in this order', () => {
    for (const [subpath, entry] of Object.entries(manifest.exports ?? {})) {
      const name = subpath.slice(2);
      const isFile = existsSync(join(repositoryRoot, dirname(file), 'src', `${name}.ts`));
      const path = subpath === '.' ? 'index' : isFile ? name : `${name}/index`;
      expect(entry).toEqual({
        '@oaa-kit/source': `./src/${path}.ts`,
        types: `./dist/${path}.d.ts`,
        default: `./dist/${path}.js`,
      });
      expect(Object.keys(entry as object)).toEqual(['@oaa-kit/source', 'types', 'default']);
    }
  });
});

test('the catalog has no entry that nobody takes', () => {
  const taken = new Set(manifests.flatMap(([, manifest]) => dependenciesOf(manifest).map(([name]) => name)));
  expect(Object.keys(workspace.catalog).filter((name) => !taken.has(name))).toEqual([]);
});

test('every package has a README', () => {
  const files = projectFiles();
  expect(published.filter(([file]) => !files.includes(`${dirname(file)}/README.md`)).map(([file]) => file)).toEqual([]);
});
