import type { Plan, PlannedProvider } from '../plan/plan.ts';
import { changedFields, changesIcon } from './changed-fields.ts';
import type { Step, StepName } from './step.ts';

/** What frees names comes first, what takes new ones last. */
const order: Readonly<Record<PlannedProvider['action'], number>> = {
  delete: 0,
  none: 1,
  update: 1,
  replace: 2,
  create: 3,
};

/** A deletion from before is in the way of a creation of the same name. */
function before(planned: PlannedProvider): readonly StepName[] {
  if (planned.action === 'replace') return ['delete', 'wait-until-gone', 'forget'];
  return planned.assumes === undefined ? [] : ['wait-until-gone'];
}

function mainSteps(planned: PlannedProvider): readonly StepName[] {
  switch (planned.action) {
    case 'delete':
      return ['delete', 'wait-until-gone', 'forget'];
    case 'create':
    case 'replace':
      // Remembered at once: whatever fails afterwards, the next plan knows whose it is.
      return [
        ...before(planned),
        'create',
        'remember',
        ...(planned.declared.icon === undefined ? [] : ['icon' as const]),
      ];
    default:
      return [
        ...(changedFields(planned).size > 0 ? (['update', 'remember'] as const) : []),
        ...(changesIcon(planned) ? ['icon' as const] : []),
      ];
  }
}

function stepsOf(planned: PlannedProvider, provider: number): readonly Step[] {
  const main = mainSteps(planned).map((name) => ({ provider, name }));
  if (planned.action === 'delete') return main;
  if (planned.forgets) return [{ provider, name: 'forget' }];
  const dataSources = planned.dataSources.map(
    (dataSource): Step => ({
      provider,
      name: dataSource.action === 'create' ? 'create-data-source' : 'delete-data-source',
      dataSource,
    }),
  );
  const all = [...main, ...dataSources];
  return all.length === 0 && !planned.adopts ? [] : [...all, { provider, name: 'verify' }];
}

/** What frees names before what takes them; otherwise as the manifests have it. */
function byAction(plan: Plan, first: number, second: number): number {
  const a = plan.providers[first];
  const b = plan.providers[second];
  if (a === undefined || b === undefined) return 0;
  return order[a.action] - order[b.action] || first - second;
}

/** The steps of a plan in their order: provider by provider, so that a stop leaves few of them half done. */
export function planSteps(plan: Plan): readonly Step[] {
  const places = plan.providers.map((_, index) => index).toSorted((first, second) => byAction(plan, first, second));
  return places.flatMap((place) => {
    const planned = plan.providers[place];
    return planned === undefined ? [] : stepsOf(planned, place);
  });
}
