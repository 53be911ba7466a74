import type { Plan } from './plan.ts';

/** Whether applying would change nothing: neither the tenant nor what is remembered of it. */
export function isEmptyPlan({ providers, problems }: Plan): boolean {
  return (
    problems.length === 0 && providers.every(({ action, adopts, forgets }) => action === 'none' && !adopts && !forgets)
  );
}
