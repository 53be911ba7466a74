import { UsageError } from '../../errors/index.ts';
import { jsonChunks, type PayloadSource } from '../../payload/serialise.ts';
import type { DataSource, Provider, Tenant } from '../../tenant/index.ts';

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
  readonly jsonBytes: number;
}

interface PushNames {
  readonly provider: string;
  readonly dataSource: string;
  readonly createProvider: boolean;
}

function sizeOf(payload: PayloadSource): number {
  let bytes = 0;
  for (const chunk of jsonChunks(payload)) bytes += Buffer.byteLength(chunk);
  return bytes;
}

function providerMissing(tenant: Tenant, name: string): UsageError {
  return new UsageError('not-found', `${tenant.url} has no provider "${name}": the push would be refused.`, {
    hint: 'Add --create-provider to make it, or correct --provider; `oaa provider list` shows all.',
  });
}

function providerStep(name: string, found: Provider | undefined): PushPlan['provider'] {
  return found === undefined ? { name, action: 'create' } : { name, action: 'use', id: found.id };
}

function dataSourceStep(name: string, found: DataSource | undefined): PushPlan['dataSource'] {
  return found === undefined ? { name, action: 'create' } : { name, action: 'replace content', id: found.id };
}

/**
 * Says what a push would do, without changing anything. The tenant is read when there is one.
 *
 * @throws {UsageError} `not-found` when the push itself would fail for lack of the provider.
 */
export async function planPush(
  tenant: Tenant | undefined,
  payload: PayloadSource,
  names: PushNames,
  signal: AbortSignal,
): Promise<PushPlan> {
  const jsonBytes = sizeOf(payload);
  if (tenant === undefined) {
    const provider = { name: names.provider, action: 'unknown' } as const;
    return { tenant: undefined, provider, dataSource: { name: names.dataSource, action: 'unknown' }, jsonBytes };
  }
  const provider = await tenant.providers.find(names.provider, { signal });
  if (provider === undefined && !names.createProvider) throw providerMissing(tenant, names.provider);
  const dataSource =
    provider === undefined ? undefined : await tenant.dataSources.find(provider.id, names.dataSource, { signal });
  return {
    tenant: tenant.url,
    provider: providerStep(names.provider, provider),
    dataSource: dataSourceStep(names.dataSource, dataSource),
    jsonBytes,
  };
}
