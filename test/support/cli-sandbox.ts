import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createSandbox, type Sandbox } from '@oaa-kit/registrar/sandbox';
import { afterAll, afterEach, beforeEach, expect } from 'vitest';
import { type CliResult, type CliSurroundings, captureCli } from './capture-cli.ts';
import { readProjectFile } from './repository.ts';

/** An application with one user; valid, and without anything that the tenant warns of. */
export function portal(identities?: readonly string[]) {
  return {
    custom_property_definition: { applications: [] },
    applications: [
      {
        name: 'Portal',
        application_type: 'portal',
        description: null,
        local_users: [{ name: 'kim', ...(identities === undefined ? {} : { identities }) }],
        local_groups: [],
        local_roles: [],
        local_access_creds: [],
        tags: [],
        custom_properties: {},
        resources: [],
      },
    ],
    permissions: [],
    identity_to_permissions: [],
  };
}
const dangling = {
  ...portal(),
  identity_to_permissions: [
    {
      identity: 'kim',
      identity_type: 'local_user',
      role_assignments: [{ application: 'Portal', role: 'admin', apply_to_application: true }],
    },
  ],
};
/** A payload of another template: valid, with the warning that it is not validated. */
export const corporate = {
  custom_property_definition: {},
  name: 'Corp',
  idp_type: 'corp',
  domains: [{ name: 'corp.test' }],
  users: [],
  groups: [],
};

/** `oaa` beside a sandbox, in a folder with payloads. */
export interface CliSandbox {
  readonly sandbox: Sandbox;
  readonly folder: string;
  /** Runs `oaa` in the folder, with the sandbox as its tenant. */
  oaa(argv: readonly string[], surroundings?: CliSurroundings): Promise<CliResult>;
  /** `oaa push <file>` to the provider `Portal` and the data source `portal.test`. */
  push(file: string, ...more: string[]): Promise<CliResult>;
  /** So many requests that change something reached the sandbox. */
  writeCount(): number;
}

export const pushTarget: readonly string[] = ['--provider', 'Portal', '--data-source', 'portal.test'];

/**
 * A sandbox and a folder for the tests of one file, gone after them. Before each test the sandbox is emptied; after each,
 * nothing that `oaa` printed may hold the API key.
 *
 * @example
 * const { sandbox, oaa, push } = await useCliSandbox();
 */
export async function useCliSandbox(): Promise<CliSandbox> {
  const folder = await mkdtemp(join(tmpdir(), 'oaa-e2e-'));
  const files = {
    'payload.json': readProjectFile('test/fixtures/readme/payload.json'),
    'pushed.json': readProjectFile('test/fixtures/readme/payload.json'),
    'portal.json': JSON.stringify(portal()),
    'warned-by-tenant.json': JSON.stringify(portal(['kim@nowhere.test'])),
    'warned.json': JSON.stringify(corporate),
    'dangling.json': JSON.stringify(dangling),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const sandbox = await createSandbox();
  let printed = '';

  async function oaa(argv: readonly string[], surroundings: CliSurroundings = {}): Promise<CliResult> {
    const own = { VEZA_URL: sandbox.url, VEZA_API_KEY: sandbox.apiKey, OAA_API_RETRIES: '0' };
    const env = { ...own, OAA_STATE_DIR: join(folder, 'state'), ...surroundings.env };
    const result = await captureCli(argv, { cwd: folder, ...surroundings, env });
    printed += result.stdout + result.stderr;
    return result;
  }
  beforeEach(() => sandbox.reset());
  afterEach(() => {
    expect(printed).not.toContain(sandbox.apiKey);
    printed = '';
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  });
  return {
    sandbox,
    folder,
    oaa,
    push: (file, ...more) => oaa(['push', file, ...pushTarget, ...more]),
    writeCount: () => sandbox.requests().filter(({ method }) => method !== 'GET').length,
  };
}
