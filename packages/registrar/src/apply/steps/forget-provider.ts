import type { StepWork } from '../step.ts';

/** Takes a provider that is gone out of the state. */
export const forgetProvider: StepWork = {
  act: async ({ state, planned }) => {
    const { providers } = state.state;
    const left = providers.filter(({ key, id }) => key !== planned.declared.key && id !== planned.assumes?.id);
    if (left.length < providers.length) await state.save(left);
    return {};
  },
};
