import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@oaa-kit/registrar/sandbox';
import { onTestFinished } from 'vitest';
import { type CliResult, type CliSurroundings, captureCli } from './capture-cli.ts';
import { scimToken, startScimService } from './scim-service.ts';

/** `oaa registrar` in a folder of its own beside a sandbox and a SCIM service, until the test ends. */
export interface RegistrarCommands {
  readonly sandbox: Sandbox;
  /** Base URL of a SCIM service that opens to `scimToken`. */
  readonly scimUrl: string;
  readonly folder: string;
  /** Runs `oaa ...` in the folder; `SCIM_TOKEN` is set. */
  oaa(argv: readonly string[], surroundings?: CliSurroundings): Promise<CliResult>;
  /** Runs it with `--json`, and gives the document. */
  json(argv: readonly string[], surroundings?: CliSurroundings): Promise<Record<string, unknown>>;
  write(name: string, text: string): Promise<void>;
  read(name: string): Promise<string>;
  /** Texts of all files below the folder. */
  allFiles(): Promise<string>;
}

/** A manifest of ten lines. */
export function manifestOf(scimUrl: string, more = ''): string {
  return [
    'name: Help Desk',
    'custom_template: application',
    'provisioning: true',
    'external_lifecycle_management_type: SCIM',
    'configuration:',
    `  scim_url: ${scimUrl}`,
    '  scim_token: env:SCIM_TOKEN',
    'data_sources:',
    '  - helpdesk.example.com',
    more,
  ].join('\n');
}

/**
 * @example
 * const { oaa, write, scimUrl } = await useRegistrarCommands();
 * await write('provider.yaml', manifestOf(scimUrl));
 * await oaa(['registrar', 'apply', '-f', 'provider.yaml', '--yes']);
 */
export async function useRegistrarCommands(): Promise<RegistrarCommands> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-registrar-'));
  const [sandbox, scim] = await Promise.all([createSandbox(), startScimService()]);
  onTestFinished(async () => {
    await Promise.all([sandbox.close(), scim.close()]);
    await rm(folder, { recursive: true });
  });
  const oaa: RegistrarCommands['oaa'] = (argv, surroundings = {}) => {
    const own = { VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey, OAA_API_RETRIES: '0', SCIM_TOKEN: scimToken };
    const env = { ...own, OAA_STATE_DIR: join(folder, 'state'), ...surroundings.env };
    return captureCli(argv, { cwd: folder, ...surroundings, env });
  };
  return {
    sandbox,
    scimUrl: scim.url,
    folder,
    oaa,
    json: async (argv, surroundings) => JSON.parse((await oaa([...argv, '--json'], surroundings)).stdout),
    write: (name, text) => writeFile(join(folder, name), text),
    read: (name) => readFile(join(folder, name), 'utf8'),
    async allFiles() {
      const entries = await readdir(folder, { recursive: true, withFileTypes: true });
      const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
      return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
    },
  };
}
