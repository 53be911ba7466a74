import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { hasErrors, validate } from '@oaa-kit/oaa';
import { loadConfig } from '@oaa-kit/oaa/settings';
import { createSandbox, type Sandbox } from '@oaa-kit/registrar/sandbox';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import type { MarkdownBlock } from '../support/markdown-blocks.ts';
import { nodeArguments, oaaEnvironment } from '../support/oaa-command.ts';
import { type ReadmeCopy, readmes } from '../support/readme.ts';
import { projectFiles, readProjectFile, repositoryRoot } from '../support/repository.ts';
import { describeResult, runProcess } from '../support/run-process.ts';
import { type RunningScimService, scimToken, startScimService } from '../support/scim-service.ts';
import { parseShellCommands } from '../support/shell-commands.ts';

/** All READMEs together may have so many blocks that no test runs. */
const excusedLimit = 5;
/** READMEs may speak of a SCIM service here: the blocks find a real one in its place, which opens to SCIM_TOKEN. */
const exampleService = 'https://helpdesk.example.com/scim/v2';
const all = readmes();
const packageNames = projectFiles()
  .filter((file) => /^packages\/[^/]+\/package[.]json$/.test(file))
  .map((file): string => JSON.parse(readProjectFile(file)).name);

test('the README of the project names the two commands of a newcomer', () => {
  const { text } = all.find(({ file }) => file === 'README.md') ?? { text: '' };
  expect(['npx -y pnpm@12 demo', 'npx -y pnpm@12 test'].filter((command) => !text.includes(command))).toEqual([]);
});

test('a block that does not run says why, and there are few', () => {
  const excused = all.flatMap(({ file, excused }) => excused.map((block) => ({ file, ...block })));
  expect(excused.filter(({ attributes }) => (attributes['no-run'] ?? '').length < 10)).toEqual([]);
  expect(excused.length).toBeLessThanOrEqual(excusedLimit);
});

describe.each(all.map((readme) => [readme.file, readme] as const))('%s', (file, readme) => {
  const programs = readme.runnable.filter(({ language }) => language === 'ts');
  let copy: ReadmeCopy;
  let environment: Record<string, string>;
  let sandbox: Sandbox | undefined;
  let scim: RunningScimService | undefined;

  beforeAll(async () => {
    copy = await readme.copy();
    environment = await oaaEnvironment(copy.home);
    if (!readme.text.includes(exampleService)) return;
    scim = await startScimService();
    environment = { ...environment, SCIM_TOKEN: scimToken };
    for (const block of programs)
      await writeFile(join(copy.folder, readme.fileOf(block)), real(readme.programOf(block)));
  });
  afterAll(async () => {
    await sandbox?.close();
    await scim?.close();
    await copy.remove();
  });

  /** The text of a block with the address of a service that there is. */
  function real(text: string): string {
    return scim === undefined ? text : text.replaceAll(exampleService, scim.url);
  }

  /** The environment of a block that talks to a tenant: one sandbox for the whole README. */
  async function tenantEnvironment(): Promise<Record<string, string>> {
    sandbox ??= await createSandbox();
    return { ...environment, VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey };
  }

  test('its programs type-check', async () => {
    if (programs.length === 0) return;
    const tsconfig = {
      extends: join(repositoryRoot, 'tsconfig.json'),
      compilerOptions: { moduleDetection: 'force', typeRoots: [join(repositoryRoot, 'node_modules/@types')] },
      files: programs.map((block) => readme.fileOf(block)),
      include: [],
    };
    await writeFile(join(copy.folder, 'tsconfig.readme.json'), JSON.stringify(tsconfig));
    const compiler = join(repositoryRoot, 'node_modules/typescript-7/bin/tsc');
    const options = { cwd: copy.folder, env: environment };
    const result = await runProcess(process.execPath, [compiler, '-p', 'tsconfig.readme.json'], options);
    expect(describeResult(result)).toBe('exit code 0');
  });

  test.each(readme.runnable.map((block) => [`line ${block.line} (${block.language})`, block] as const))(
    '%s runs',
    (_title, block) => run(block),
    120_000,
  );

  async function run(block: MarkdownBlock): Promise<void> {
    if (block.language === 'ts') return runProgram(block);
    if (block.language === 'sh') return runCommands(block);
    await checkData(block);
  }

  async function runProgram(block: MarkdownBlock): Promise<void> {
    const program = await readFile(join(copy.folder, readme.fileOf(block)), 'utf8');
    const asksForTenant = /VEZA_|new Tenant\b|loadTenantSettings/.test(program);
    const options = { cwd: copy.folder, env: asksForTenant ? await tenantEnvironment() : environment };
    const args = [...nodeArguments, '--no-warnings', readme.fileOf(block)];
    const result = await runProcess(process.execPath, args, options);
    expect(result.exitCode, `${file}:${block.line}\n${describeResult(result)}`).toBe(expectedExitCode(block));
  }

  async function runCommands(block: MarkdownBlock): Promise<void> {
    const script: string[] = [];
    for (const command of parseShellCommands(block.code)) {
      if (command.kind === 'run') script.push(command.text);
      if (command.kind === 'script') expect(scriptsBeside(file)).toContain(command.script);
      if (command.kind === 'install') expect(packageNames).toEqual(expect.arrayContaining([...command.packages]));
      if (command.kind === 'serve') await serve(command.text);
    }
    if (script.length === 0) return;
    const options = { cwd: copy.folder, env: await tenantEnvironment() };
    const result = await runProcess('bash', ['-euo', 'pipefail', '-c', real(script.join('\n'))], options);
    expect(result.exitCode, `${file}:${block.line}\n${describeResult(result)}`).toBe(expectedExitCode(block));
  }

  async function serve(text: string): Promise<void> {
    const options = { cwd: copy.folder, env: environment, stopAt: /https?:\/\/\S+/ };
    const result = await runProcess('bash', ['-c', `exec ${text}`], options);
    expect([result.stopped, result.exitCode], describeResult(result)).toEqual([true, 0]);
  }

  async function checkData(block: MarkdownBlock): Promise<void> {
    const name = readme.fileOf(block);
    await mkdir(dirname(join(copy.folder, name)), { recursive: true });
    await writeFile(join(copy.folder, name), real(block.code));
    for (const value of parseData(block)) {
      if (isPayload(value)) {
        const diagnostics = validate(value);
        expect(hasErrors(diagnostics), JSON.stringify(diagnostics, null, 2)).toBe(false);
      }
    }
    if (name === 'oaa.config.yaml') await loadConfig({ cwd: copy.folder });
  }
});

function expectedExitCode({ attributes }: MarkdownBlock): number {
  return Number(attributes.exit ?? 0);
}

/** The values of a block; throws where it is malformed. */
function parseData({ language, code }: MarkdownBlock): unknown[] {
  if (language === 'csv') return [];
  if (language === 'json') return [JSON.parse(code)];
  if (language === 'ndjson') return code.split('\n').flatMap((line) => (line === '' ? [] : [JSON.parse(line)]));
  return parseAllDocuments(code).map((document) => {
    if (document.errors[0] !== undefined) throw document.errors[0];
    return document.toJS();
  });
}

function isPayload(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'applications' in value && 'permissions' in value;
}

/** Scripts that a reader of the README can start: those of the project and of the README's own folder. */
function scriptsBeside(file: string): string[] {
  const own = join(dirname(file), 'package.json');
  const manifests = ['package.json', ...projectFiles().filter((path) => path === own)];
  return manifests.flatMap((manifest) => Object.keys(JSON.parse(readProjectFile(manifest)).scripts ?? {}));
}
