import { providerId, type StepWork } from '../step.ts';

/** Sending the same icon twice is the same as once. */
export const setIcon: StepWork = {
  act: async (context) => {
    const { tenant, icon, signal } = context;
    if (icon !== undefined) await tenant.providers.setIcon(providerId(context), icon, { signal });
    return {};
  },
};
