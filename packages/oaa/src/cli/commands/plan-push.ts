import { checkName } from '../../tenant/check-name.ts';
import type { DataSource, Provider, PushTarget, Tenant } from '../../tenant/index.ts';
import { type PreparedPush, type PrepareOptions, preparePush } from '../../tenant/prepare-push.ts';
import { checkProvider } from '../../tenant/push-target.ts';

/** What a push would do. Without a tenant, what is there already is not known. */
export interface PushPlan {
  /** The tenant that was asked; undefined when none is set. */
  readonly tenant: string | undefined;
  readonly provider: { readonly name: string; readonly action: 'use' | 'create' | 'unknown'; readonly id?: string };
  readonly dataSource: {
    readonly name: string;
    readonly action: 'replace content' | 'create' | 'unknown';
    readonly id?: string;
  };
  /** How the payload would travel. */
  readonly mode: PreparedPush['mode'];
  readonly jsonBytes: number;
  readonly parts: number;
}

interface PlannedPush extends PrepareOptions {
  readonly provider: string;
  readonly dataSource: string;
  readonly createProvider: boolean;
  /** Called with a data source that is there already; what it throws would stop the push. */
  readonly beforeSend: (target: PushTarget) => Promise<void>;
}

function providerStep(name: string, found: Provider | undefined): PushPlan['provider'] {
  return found === undefined ? { name, action: 'create' } : { name, action: 'use', id: found.id };
}

function dataSourceStep(name: string, found: DataSource | undefined): PushPlan['dataSource'] {
  return found === undefined ? { name, action: 'create' } : { name, action: 'replace content', id: found.id };
}

async function readTenant(tenant: Tenant, push: PlannedPush): Promise<Pick<PushPlan, 'provider' | 'dataSource'>> {
  const { signal } = push;
  const found = await tenant.providers.find(push.provider, { signal });
  if (found === undefined && push.createProvider) {
    return { provider: providerStep(push.provider, undefined), dataSource: dataSourceStep(push.dataSource, undefined) };
  }
  const provider = checkProvider(push.provider, found);
  const dataSource = await tenant.dataSources.find(provider.id, push.dataSource, { signal });
  if (dataSource !== undefined) await push.beforeSend({ provider, dataSource, dataSourceIsNew: false });
  return { provider: providerStep(provider.name, provider), dataSource: dataSourceStep(push.dataSource, dataSource) };
}

/**
 * Says what a push would do, without changing anything. The tenant is read when there is one.
 *
 * @throws what the push itself would throw before it sends anything: bad names, a missing provider, a payload too large.
 */
export async function planPush(tenant: Tenant | undefined, push: PlannedPush): Promise<PushPlan> {
  checkName('provider', push.provider);
  checkName('data source', push.dataSource);
  const prepared = await preparePush(push);
  const { mode, jsonBytes } = prepared;
  const travel = { mode, jsonBytes, parts: prepared.mode === 'parts' ? prepared.parts : 1 };
  if (tenant !== undefined) return { tenant: tenant.url, ...(await readTenant(tenant, push)), ...travel };
  const provider = { name: push.provider, action: 'unknown' } as const;
  return { tenant: undefined, provider, dataSource: { name: push.dataSource, action: 'unknown' }, ...travel };
}
