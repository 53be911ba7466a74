import type { DataSource, Tenant } from '@oaa-kit/oaa';
import type { SecretContext } from '@oaa-kit/oaa/settings';
import { checkEndpoint } from '../apply/check-endpoint.ts';
import type { EndpointCheck } from '../apply/check-endpoints.ts';
import { type DeclaredDataSource, type Manifests, secretReader } from '../manifest/index.ts';
import { type PlannedProvider, planProviders } from '../plan/index.ts';
import type { RegistrarState } from '../state/index.ts';
import { connectionHealth } from './connection-health.ts';
import type { DataSourceStatus, ProviderStatus, StatusReport } from './status-report.ts';

export interface ReadStatusOptions {
  readonly tenant: Tenant;
  readonly manifests: Manifests;
  readonly state: RegistrarState;
  /** Where references are looked up; relative paths begin at the folder of their manifest. */
  readonly secrets: Omit<SecretContext, 'cwd' | 'signal'>;
  /** Tries an endpoint out; `checkEndpoint` of `@oaa-kit/scim-writeback/check` unless another is given. */
  readonly check?: EndpointCheck | undefined;
  /** Told of each secret as soon as it is read, so that outputs can hide it. */
  readonly onSecret?: ((value: string) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The clock. */
  readonly now?: (() => Date) | undefined;
}

/** Under which keys tenants tell when a push was taken in (reference 2.4); older pages have other ones. */
const pushKeys = ['synced_at', 'sync_end', 'sync_start'] as const;

function lastPushOf({ raw }: DataSource): string | undefined {
  for (const key of pushKeys) {
    const value = Object.hasOwn(raw, key) ? raw[key] : undefined;
    if (typeof value === 'string' && value !== '') return value;
  }
  return undefined;
}

async function dataSourcesOf(
  tenant: Tenant,
  id: string | undefined,
  declared: readonly DeclaredDataSource[],
  signal: AbortSignal,
): Promise<readonly DataSourceStatus[]> {
  const wanted = new Set(declared.filter(({ absent }) => !absent).map(({ name }) => name));
  const found: DataSourceStatus[] = [];
  if (id !== undefined) {
    for await (const dataSource of tenant.dataSources.list(id, { signal })) {
      const { id: own, name, status } = dataSource;
      found.push({ id: own, name, status, lastPush: lastPushOf(dataSource), isDeclared: wanted.delete(name) });
    }
  }
  const missing = [...wanted].map((name) => ({
    name,
    id: undefined,
    isDeclared: true,
    status: undefined,
    lastPush: undefined,
  }));
  return [...found, ...missing];
}

/**
 * Looks how the declared providers stand on the tenant: state, data sources and their last push, whether the SCIM endpoint
 * answers (asked from here, reading only), and what is not as declared. Changes nothing.
 *
 * @throws UsageError when manifests or state are of another tenant; RemoteError, CredentialsError, UnreachableError of the
 *   tenant. What is wrong with an endpoint is in the report.
 *
 * @example
 * const { providers } = await readStatus({
 *   tenant,
 *   manifests: await readManifests(['provider.yaml']),
 *   state: await readState('state.json', tenant.url),
 *   secrets: { env: process.env },
 * });
 */
export async function readStatus(options: ReadStatusOptions): Promise<StatusReport> {
  const { tenant, manifests, state, secrets, check = checkEndpoint, onSecret, now = () => new Date() } = options;
  const signal = options.signal ?? new AbortController().signal;
  const plan = await planProviders({
    tenant,
    manifests,
    state,
    secrets: { ...secrets, cwd: process.cwd() },
    allowDelete: true,
    now,
    onSecret,
    signal,
  });
  const readSecret = secretReader({ ...secrets, signal }, onSecret);
  const statusOf = async (planned: PlannedProvider): Promise<ProviderStatus> => {
    const { declared, assumes, action, fields, dataSources } = planned;
    const { key, name, place } = declared;
    const found = assumes === undefined ? undefined : await tenant.providers.get(assumes.id, { signal });
    return {
      key,
      name,
      place,
      id: found?.id,
      state: found?.state,
      provisioning: found?.provisioning,
      externalLifecycleManagementType: found?.externalLifecycleManagementType,
      dataSources: await dataSourcesOf(tenant, found?.id, declared.dataSources, signal),
      connection: await connectionHealth(declared, { readSecret, check, signal }),
      action,
      drift: fields,
      driftOfDataSources: dataSources,
    };
  };
  const providers: ProviderStatus[] = [];
  for (const planned of plan.providers) providers.push(await statusOf(planned));
  return { format: 'oaa-registrar-status', version: 1, tenant: tenant.url, providers, problems: plan.problems };
}
