import type { DeclaredProvider, DeclaredSecret, Manifests } from '../manifest/declared-provider.ts';
import { emptyState } from '../state/index.ts';
import type { RegistrarState, RememberedProvider } from '../state/registrar-state.ts';
import { assemblePlan, type PlanInput, type TenantProvider } from './assemble-plan/index.ts';
import type { Plan } from './plan.ts';

const tenantUrl = 'https://acme.vezacloud.com';

/** A provider as a manifest declares it: an application without write-back unless told otherwise. */
export function declaredProvider(changes: Partial<DeclaredProvider> = {}): DeclaredProvider {
  const name = changes.name ?? 'Portal';
  return {
    key: name,
    name,
    place: { file: 'providers.yaml', row: 1, column: 1 },
    adopt: false,
    absent: false,
    templates: ['application'],
    fields: { provisioning: true },
    configuration: undefined,
    scim: undefined,
    secrets: [],
    icon: undefined,
    dataSources: [],
    ...changes,
  };
}

export const scimUrl = 'https://api.example.com/scim/v2';

export function secretAt(path: string, reference = 'env:SCIM_TOKEN'): DeclaredSecret {
  return { path, reference, folder: '/manifests', place: { file: 'providers.yaml', row: 6, column: 15 } };
}

/** A provider with write-back, as the client's example has it. */
export function scimProvider(changes: Partial<DeclaredProvider> = {}): DeclaredProvider {
  return declaredProvider({
    fields: { provisioning: true, external_lifecycle_management_type: 'SCIM' },
    configuration: { scim_url: scimUrl },
    scim: { url: scimUrl, extensionSchemas: false },
    secrets: [secretAt('configuration_json.scim_token')],
    ...changes,
  });
}

export function manifestsOf(...providers: readonly DeclaredProvider[]): Manifests {
  return { files: [], environment: undefined, tenant: undefined, providers, warnings: [] };
}

/** A provider as a tenant shows it that shows everything as it was sent. */
export function tenantProvider(changes: Readonly<Record<string, unknown>> = {}): TenantProvider {
  const shown: Readonly<Record<string, unknown>> = {
    id: 'p-1',
    name: 'Portal',
    state: 'ENABLED',
    custom_template: 'application',
    provisioning: true,
    configuration_json: '',
    ...changes,
  };
  const { id, name, state, custom_template: template } = shown;
  return {
    id: String(id),
    name: String(name),
    state: String(state),
    templates: template === undefined ? [] : [String(template)],
    shown,
    fingerprint: 'f'.repeat(64),
  };
}

export function remembered(changes: Partial<RememberedProvider> = {}): RememberedProvider {
  const appliedAt = '2026-11-21T12:00:00.000Z';
  const nothing = { sent: {}, answered: {}, secrets: [], iconSha256: undefined, appliedAt };
  return { key: 'Portal', id: 'p-1', name: 'Portal', ...nothing, ...changes };
}

/** A remembered secret that nobody looks into. */
export function rememberedSecret(path: string) {
  return { path, salt: 'A'.repeat(24), hash: 'A'.repeat(44), cost: { n: 2, r: 1, p: 1 } };
}

export function stateOf(...providers: readonly RememberedProvider[]): RegistrarState {
  return { ...emptyState(tenantUrl), serial: providers.length, providers };
}

/** A plan for declared providers and what else is told. */
export function planOf(declared: readonly DeclaredProvider[], input: Partial<PlanInput> = {}): Plan {
  return assemblePlan({
    tenant: tenantUrl,
    manifests: manifestsOf(...declared),
    state: stateOf(),
    providers: [],
    dataSources: new Map(),
    secrets: new Map(),
    secretProblems: [],
    allowDelete: false,
    createdAt: '2026-11-22T12:00:00.000Z',
    ...input,
  });
}
