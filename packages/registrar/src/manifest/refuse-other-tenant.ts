import { UsageError } from '@oaa-kit/oaa';
import { normaliseTenantUrl } from '@oaa-kit/oaa/settings';
import type { Manifests } from './declared-provider.ts';

/**
 * Manifests that name their tenant are for no other one.
 *
 * @param tenantUrl as `Tenant.url` gives it
 * @throws UsageError `setting-invalid` with the place in the manifest
 */
export function refuseOtherTenant({ tenant: wanted }: Manifests, tenantUrl: string): void {
  if (wanted === undefined) return;
  const normal = normaliseTenantUrl(wanted.url);
  const url = 'url' in normal ? normal.url : wanted.url;
  if (url === tenantUrl) return;
  const { file, row, column } = wanted.place;
  throw new UsageError(
    'setting-invalid',
    `${file}:${row}:${column}: the manifest is for the tenant ${url}, and the tenant here is ${tenantUrl}.`,
    { hint: 'Name the tenant of the manifest, or another environment of it.' },
  );
}
