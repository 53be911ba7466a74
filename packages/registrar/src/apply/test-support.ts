import { mkdtemp, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Tenant, type TenantOptions } from '@oaa-kit/oaa';
import type { CheckReport, CheckResult } from '@oaa-kit/scim-writeback/check';
import { onTestFinished } from 'vitest';
import { readManifests } from '../manifest/index.ts';
import { type Plan, planProviders } from '../plan/index.ts';
import { createSandbox, type Sandbox, type SandboxOptions } from '../sandbox/index.ts';
import { type OpenState, openState, readState } from '../state/index.ts';
import type { ResumeOptions } from './apply-options.ts';
import { applyPlan, resumeApply } from './apply-plan.ts';
import type { ApplyReport, ApplyStoppedError } from './apply-report.ts';
import { memoryState, type StateHandle } from './state-handle.ts';

const providersPath = '/api/v1/providers/custom';

/** No test needs a costly hash. */
const secretCost = { n: 2, r: 1, p: 1 };

/** The manifest of the client's curl example, with its token as a reference. */
export const curlExample = {
  name: 'MyCustomApp',
  custom_template: 'application',
  provisioning: true,
  external_lifecycle_management_type: 'SCIM',
  configuration: { scim_url: 'https://api.myapp.com/scim/v2', scim_token: 'env:SCIM_TOKEN' },
};

export function checkReport(results: readonly Partial<CheckResult>[] = []): CheckReport {
  const full = results.map((result) => ({
    code: 'user-create',
    title: 'A user',
    source: 's',
    exchanges: [],
    ...result,
  }));
  const outcome = full.some(({ status }) => status === 'unreachable')
    ? 'unreachable'
    : full.some(({ status }) => status === 'failed')
      ? 'failed'
      : 'passed';
  return {
    format: 'oaa-scim-check',
    version: 1,
    url: curlExample.configuration.scim_url,
    readOnly: false,
    outcome,
    results: full.map((result) => ({ status: 'passed' as const, ...result })),
    leftBehind: [],
  };
}

export const passing = (): Promise<CheckReport> => Promise.resolve(checkReport());

type Apply = Partial<Omit<ResumeOptions, 'tenant'>>;

/** A tenant, a state file and manifests, and what a person does with them. */
export interface Registry {
  readonly sandbox: Sandbox;
  readonly tenant: Tenant;
  readonly stateFile: string;
  readonly env: Record<string, string>;
  plan(manifests: readonly object[], options?: { readonly allowDelete?: boolean }): Promise<Plan>;
  apply(plan: Plan, options?: Apply): Promise<ApplyReport>;
  resume(options?: Apply): Promise<ApplyReport>;
  /** Plans and applies. */
  run(manifests: readonly object[], options?: Apply): Promise<ApplyReport>;
  open(): Promise<OpenState>;
  /** Plans and applies in memory, and writes the state once. */
  setUp(manifests: readonly object[]): Promise<void>;
}

function tenantOf(sandbox: Sandbox, options: Partial<TenantOptions> = {}): Tenant {
  return new Tenant({ url: sandbox.url, apiKey: sandbox.apiKey, retries: 0, ...options });
}

/** Lets the event loop go round, and with it the clock of the sandbox. */
const quickly = async (): Promise<void> => {
  await new Promise((done) => {
    setTimeout(done, 2);
  });
};

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'registrar-'));
}

/** A registry on a sandbox that closes when the test ends. */
export async function startRegistry(
  options: SandboxOptions = {},
  tenantOptions: Partial<TenantOptions> = {},
): Promise<Registry> {
  const sandbox = await createSandbox({ deletionMs: 20, ...options });
  onTestFinished(() => sandbox.close());
  return registryAt(sandbox, await temporaryFolder(), tenantOptions);
}

/**
 * @param folder where the state is, and where the files are that manifests name
 */
export function registryAt(sandbox: Sandbox, folder: string, tenantOptions: Partial<TenantOptions> = {}): Registry {
  const tenant = tenantOf(sandbox, tenantOptions);
  const stateFile = join(folder, 'state.json');
  const env: Record<string, string> = { SCIM_TOKEN: 'your-bearer-token', OTHER_TOKEN: 'other-bearer-token' };
  const now = (): Date => new Date('2026-11-22T12:00:00.000Z');
  const defaults = { secrets: { env }, check: passing, now, sleep: quickly, secretCost };
  const open = (): Promise<OpenState> => openState(stateFile, tenant.url, now);
  async function withState<Value>(work: (state: StateHandle) => Promise<Value>): Promise<Value> {
    const state = await open();
    try {
      return await work(state);
    } finally {
      state.close();
    }
  }
  const registry: Registry = {
    sandbox,
    tenant,
    stateFile,
    env,
    open,
    async plan(manifests, { allowDelete = true } = {}) {
      const read = await readManifests([{ value: manifests, folder }]);
      const state = await readState(stateFile, tenant.url);
      return planProviders({ tenant, manifests: read, state, secrets: { env, cwd: folder }, allowDelete, now });
    },
    apply: (plan, { state: own, ...changes } = {}) =>
      own === undefined
        ? withState((state) => applyPlan({ ...defaults, plan, tenant, state, ...changes }))
        : applyPlan({ ...defaults, plan, tenant, state: own, ...changes }),
    resume: (changes) => withState((state) => resumeApply({ ...defaults, tenant, ...changes, state })),
    async setUp(manifests) {
      const state = memoryState(tenant.url);
      await registry.apply(await registry.plan(manifests), { state });
      await withState((file) => file.save(state.state.providers));
    },
    run: async (manifests, changes) => registry.apply(await registry.plan(manifests), changes),
  };
  return registry;
}

/** The smallest manifest. */
export const plain = { name: 'Portal', custom_template: 'application' };

/** Requests that may change something. */
export function changing({ sandbox }: Registry): readonly string[] {
  return sandbox
    .requests()
    .filter(({ method }) => method !== 'GET')
    .map(({ method, path }) => `${method} ${path.replace(providersPath, '')}`);
}

/** The error of what must fail. */
export async function failure(promise: Promise<unknown>): Promise<ApplyStoppedError> {
  return promise.then(
    () => {
      throw new Error('it did not fail');
    },
    (error: ApplyStoppedError) => error,
  );
}

export async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
