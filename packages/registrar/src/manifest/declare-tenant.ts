import { isAbsolute, resolve } from 'node:path';
import { normaliseTenantUrl, type PositionedDocument } from '@oaa-kit/oaa/settings';
import type { Manifests } from './declared-provider.ts';
import { type ManifestProblems, placeText } from './manifest-problems.ts';
import type { ProviderManifest } from './manifest-schema.ts';

export type DeclaredTenant = Manifests['tenant'];

/** The tenant that a provider names; a reference to a file is made absolute. */
export function declareTenant(
  { tenant }: ProviderManifest,
  document: PositionedDocument,
  folder: string,
  problems: ManifestProblems,
): DeclaredTenant {
  if (tenant === undefined) return undefined;
  const report = problems.reportFor(document);
  const { url: text, api_key: apiKey } = tenant;
  if (text === undefined) {
    report.error('tenant-invalid', ['tenant'], 'has no url');
    return undefined;
  }
  const normal = normaliseTenantUrl(text);
  if ('problem' in normal) {
    report.error('tenant-invalid', ['tenant', 'url'], normal.problem);
    return undefined;
  }
  const file = apiKey?.startsWith('file:') === true ? apiKey.slice('file:'.length).trim() : undefined;
  return {
    url: normal.url,
    apiKey: file === undefined || isAbsolute(file) ? apiKey : `file:${resolve(folder, file)}`,
    place: { file: document.file, ...document.positionOf(['tenant', 'url']) },
  };
}

/** One tenant for all: a plan is for one. */
export function commonTenant(tenants: readonly DeclaredTenant[], problems: ManifestProblems): DeclaredTenant {
  const named = tenants.filter((tenant) => tenant !== undefined);
  const [first] = named;
  for (const { url, apiKey, place } of named) {
    if (url === first?.url && apiKey === first?.apiKey) continue;
    const message =
      url === first?.url
        ? `the tenant has another api_key at ${placeText(first.place)}`
        : `the tenant is another one than at ${first === undefined ? '' : placeText(first.place)}: a plan is for one tenant; use environments, or read the files one by one`;
    problems.add({ ...place, severity: 'error', code: 'tenant-differs', message });
  }
  return first;
}
