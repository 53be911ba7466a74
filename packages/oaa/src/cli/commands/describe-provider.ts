import type { Provider } from '../../tenant/index.ts';

/** The facts of a provider that commands print: `raw` is left out, as its configuration may hold what is not ours to show. */
export function describeProvider(provider: Provider): Omit<Provider, 'raw'> {
  const { id, name, state, templates, provisioning, externalLifecycleManagementType } = provider;
  return { id, name, state, templates, provisioning, externalLifecycleManagementType };
}
