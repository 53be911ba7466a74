import type { StepContext, StepWork } from '../step.ts';
import { waitUntil } from '../wait-until.ts';

async function isGone({ tenant, planned, signal }: StepContext): Promise<boolean> {
  const id = planned.assumes?.id;
  return id === undefined || (await tenant.providers.get(id, { signal })) === undefined;
}

/** Until then the name is taken. The tenant's word for the state does not matter: it may be a number. */
export const waitUntilGone: StepWork = {
  look: async (context) => ((await isGone(context)) ? {} : 'to-do'),
  act: async (context) => {
    const what = `the provider "${context.planned.assumes?.name ?? ''}" to be gone`;
    await waitUntil(() => isGone(context), {
      timeoutMs: context.deletionTimeoutMs,
      signal: context.signal,
      sleep: context.sleep,
      what,
    });
    return {};
  },
};
