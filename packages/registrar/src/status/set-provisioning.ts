import { GuardError, type Provider, RemoteError, type Tenant } from '@oaa-kit/oaa';
import type { DeclaredProvider, Manifests } from '../manifest/index.ts';
import type { RegistrarState } from '../state/index.ts';

export interface SetProvisioningOptions {
  readonly tenant: Tenant;
  readonly manifests: Manifests;
  readonly state: RegistrarState;
  /** Whether the tenant may change access through the providers. */
  readonly provisioning: boolean;
  readonly signal?: AbortSignal | undefined;
}

/** What became of the switch of one provider. */
export interface SwitchedProvider {
  readonly key: string;
  readonly name: string;
  readonly id: string;
  /** It stood so before. */
  readonly unchanged: boolean;
}

async function find(
  { key, name, adopt }: DeclaredProvider,
  { tenant, state, signal }: SetProvisioningOptions,
): Promise<Provider | undefined> {
  const remembered = state.providers.find((provider) => provider.key === key);
  if (remembered !== undefined) return tenant.providers.get(remembered.id, { signal });
  return adopt ? tenant.providers.find(name, { signal }) : undefined;
}

/**
 * Switches `provisioning` of the declared providers, and nothing else of them. Providers that nobody here made and that no
 * manifest adopts are not touched: all are found before the first is switched.
 *
 * @throws RemoteError `not-found` with all that are not there; GuardError for those that are being deleted
 */
export async function setProvisioning(options: SetProvisioningOptions): Promise<readonly SwitchedProvider[]> {
  const { tenant, manifests, provisioning, signal } = options;
  const wanted = manifests.providers.filter(({ absent }) => !absent);
  const found: { readonly declared: DeclaredProvider; readonly provider: Provider }[] = [];
  const missing: string[] = [];
  for (const declared of wanted) {
    const provider = await find(declared, options);
    if (provider === undefined) missing.push(declared.name);
    else found.push({ declared, provider });
  }
  if (missing.length > 0) {
    const names = missing.map((name) => `"${name}"`).join(', ');
    throw new RemoteError(
      'not-found',
      `Nothing was changed: ${names} ${missing.length === 1 ? 'was' : 'were'} not registered from here, or is no longer there.`,
      { status: 404, hint: 'Look with oaa registrar status; a provider that was made by hand needs adopt: true.' },
    );
  }
  const leaving = found.filter(({ provider }) => provider.state.toUpperCase() === 'DELETING');
  if (leaving.length > 0) {
    const names = leaving.map(({ provider }) => `"${provider.name}"`).join(', ');
    throw new GuardError('guard', `Nothing was changed: ${names} is being deleted on the tenant.`, {
      hint: 'Wait until it is gone, then plan and apply.',
    });
  }
  const switched: SwitchedProvider[] = [];
  for (const { declared, provider } of found) {
    const { id, name } = provider;
    const unchanged = provider.provisioning === provisioning;
    if (!unchanged) await tenant.providers.update(id, { provisioning }, { signal });
    switched.push({ key: declared.key, name, id, unchanged });
  }
  return switched;
}
