import type { Provider } from '@oaa-kit/oaa';
import type { StepContext } from './step.ts';

/**
 * The provider that the plan saw, as the list shows it now: the fingerprint in the plan was taken there, and a tenant may
 * show more of a provider alone. Undefined when it is gone.
 */
export async function findAssumed({ tenant, planned, signal }: StepContext): Promise<Provider | undefined> {
  const { assumes, declared } = planned;
  if (assumes === undefined) return undefined;
  for (const name of new Set([assumes.name, declared.name])) {
    const found = await tenant.providers.find(name, { signal });
    if (found?.id === assumes.id) return found;
  }
  return tenant.providers.get(assumes.id, { signal });
}
