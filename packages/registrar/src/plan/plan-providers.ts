import { type Tenant, UsageError } from '@oaa-kit/oaa';
import type { SecretContext } from '@oaa-kit/oaa/settings';
import type { Manifests } from '../manifest/declared-provider.ts';
import { refuseOtherTenant } from '../manifest/refuse-other-tenant.ts';
import type { RegistrarState } from '../state/registrar-state.ts';
import type { TenantProvider } from './assemble-plan/index.ts';
import { assemblePlan, neededReadings } from './assemble-plan/index.ts';
import { knowSecrets } from './know-secrets.ts';
import type { Plan } from './plan.ts';
import { readDataSources, readProviders, readProvidersById } from './read-tenant.ts';

export interface PlanProvidersOptions {
  readonly tenant: Tenant;
  readonly manifests: Manifests;
  /** What is remembered of the tenant: `readState`, or `emptyState`. */
  readonly state: RegistrarState;
  /** What secret references are read from; `file:` and `cmd:` begin in the folder of the manifest. */
  readonly secrets: SecretContext;
  /** The plan may destroy what is in the graph; otherwise it shows it and cannot be applied. */
  readonly allowDelete: boolean;
  readonly now: () => Date;
  /** Told of every secret that is read, so that a command can hide it wherever it might be printed. */
  readonly onSecret?: ((value: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
}

function refuseOtherState({ tenant, state }: PlanProvidersOptions): void {
  if (state.tenant !== tenant.url) {
    throw new UsageError(
      'setting-invalid',
      `The state is that of ${state.tenant}, and the tenant here is ${tenant.url}.`,
      {
        hint: 'Name the state file of this tenant with --state.',
      },
    );
  }
}

/**
 * All providers of the tenant. One that is remembered and not in the list is asked for by its id before it counts as gone:
 * a list that changes while it is read may leave one out, and it would be made a second time.
 */
async function readAll({ tenant, manifests, state, signal }: PlanProvidersOptions): Promise<readonly TenantProvider[]> {
  const listed = await readProviders(tenant, signal);
  const ids = new Set(listed.map(({ id }) => id));
  const keys = new Set(manifests.providers.map(({ key }) => key));
  const missing = state.providers.filter(({ key, id }) => keys.has(key) && !ids.has(id)).map(({ id }) => id);
  return [...listed, ...(await readProvidersById(tenant, missing, signal))];
}

/**
 * Reads a tenant and says what would make it as the manifests want it. Nothing is changed there, and no secret is sent:
 * secrets are read here to compare them with what the state remembers. One request per page of providers, and at most
 * one for each declared provider: for its data sources (per page of them), or for itself where it is not in the list.
 *
 * @throws UsageError when manifests or state are of another tenant; RemoteError, CredentialsError, UnreachableError. What
 *   stands against single providers, secrets that cannot be read among it, is in `problems` of the plan.
 *
 * @example
 * const plan = await planProviders({
 *   tenant,
 *   manifests: await readManifests(['providers.yaml'], { cwd: process.cwd() }),
 *   state: await readState('state.json', tenant.url),
 *   secrets: { env: process.env, cwd: process.cwd() },
 *   allowDelete: false,
 *   now: () => new Date(),
 * });
 */
export async function planProviders(options: PlanProvidersOptions): Promise<Plan> {
  const { tenant, manifests, state, secrets, allowDelete, now, onSecret, signal } = options;
  refuseOtherTenant(manifests, tenant.url);
  refuseOtherState(options);
  const providers = await readAll(options);
  const readings = neededReadings({ manifests, state, providers });
  const ids = readings.map(({ dataSourcesOf }) => dataSourcesOf).filter((id) => id !== undefined);
  const dataSources = await readDataSources(tenant, ids, signal);
  const known = await knowSecrets(readings, { ...secrets, signal: secrets.signal ?? signal }, onSecret);
  return assemblePlan({
    tenant: tenant.url,
    manifests,
    state,
    providers,
    dataSources,
    secrets: known.secrets,
    secretProblems: known.problems,
    allowDelete,
    createdAt: now().toISOString(),
  });
}
