import type { StepWork } from '../step.ts';

/** Takes a provider that is gone out of the state. What still is being deleted under its name may be another one's. */
export const forgetProvider: StepWork = {
  act: async ({ state, planned }) => {
    const { providers } = state.state;
    const goneId = planned.forgets ? undefined : planned.assumes?.id;
    const left = providers.filter(({ key, id }) => key !== planned.declared.key && id !== goneId);
    if (left.length < providers.length) await state.save(left);
    return {};
  },
};
