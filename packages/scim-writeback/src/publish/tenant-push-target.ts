import { createRemovalGuard, type RemovalGuardOptions, type Tenant } from '@oaa-kit/oaa';
import type { PushTarget } from './push-target.ts';

export interface TenantPushTargetOptions {
  readonly tenant: Tenant;
  /** Names. The data source is made when it is missing. */
  readonly provider: string;
  readonly dataSource: string;
  /** Make the provider when it is missing. */
  readonly createProvider?: boolean | undefined;
  /** Limits, and where the record of the last push is kept: beside the database, never in it. */
  readonly guard?: Omit<RemovalGuardOptions, 'firstPush'> | undefined;
}

/**
 * A data source of a tenant, behind the removal guard. Who accepts removals also accepts that there is no record of what was
 * pushed last.
 */
export function tenantPushTarget(options: TenantPushTargetOptions): PushTarget {
  const { tenant, provider, dataSource, guard = {} } = options;
  return {
    async push(payload, { acceptRemoval, beforeSend, signal }) {
      const accepting = { ...guard, maxRemovalPercent: 100, firstPush: true };
      const result = await createRemovalGuard(acceptRemoval ? accepting : guard).push(tenant, {
        provider,
        dataSource,
        payload: { ...payload },
        createProvider: options.createProvider === true ? { template: 'application' } : undefined,
        beforeSend,
        signal,
      });
      const warnings = result.warnings.map(({ message }) => message);
      return {
        dataSourceId: result.dataSource.id,
        warnings: result.recordProblem === undefined ? warnings : [...warnings, result.recordProblem],
      };
    },
    async dataSourceId(signal) {
      const found = await tenant.providers.find(provider, { signal });
      if (found === undefined) return undefined;
      return (await tenant.dataSources.find(found.id, dataSource, { signal }))?.id;
    },
  };
}
