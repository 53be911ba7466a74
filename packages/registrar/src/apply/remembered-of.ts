import { rememberedFields } from '../plan/index.ts';
import type { RememberedProvider } from '../state/index.ts';
import { providerId, type StepContext } from './step.ts';

/**
 * What is to be remembered of a provider now: what the state has of it, with what is declared as sent.
 *
 * @param shown what the tenant shows of it; an empty one when that was not looked at
 */
export function rememberedOf(context: StepContext, shown: Readonly<Record<string, unknown>>): RememberedProvider {
  const { state, planned, now } = context;
  const { declared } = planned;
  const id = providerId(context);
  const before = state.state.providers.find((entry) => entry.id === id);
  return {
    key: declared.key,
    id,
    name: declared.name,
    ...rememberedFields(declared, shown),
    secrets: before?.secrets ?? [],
    iconSha256: before?.iconSha256,
    appliedAt: now().toISOString(),
  };
}
