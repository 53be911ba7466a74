import type { Plan } from '../plan/plan.ts';
import type { AppliedProvider } from './apply-report.ts';
import type { Progress } from './progress.ts';
import type { Step } from './step.ts';

/** A step in words: `create data source portal-eu`. */
export function stepText({ name, dataSource }: Step): string {
  const words = name.replaceAll('-', ' ');
  return dataSource === undefined ? words : `${words} ${dataSource.name}`;
}

/** What became of every provider of a plan. */
export function appliedProviders(plan: Plan, steps: readonly Step[], progress: Progress): AppliedProvider[] {
  return plan.providers.map(({ declared, action, assumes }, place) => {
    const own = steps.flatMap((step, index) => (step.provider === place ? [{ step, index }] : []));
    const texts = (which: (index: number) => boolean): string[] =>
      own.filter(({ index }) => which(index)).map(({ step }) => stepText(step));
    const { done, unknown, facts } = progress;
    const isGone = own.some(({ step, index }) => step.name === 'forget' && done.has(index));
    const found = facts.get(place);
    return {
      key: declared.key,
      name: declared.name,
      action,
      id: found?.id ?? (isGone || action === 'create' ? undefined : assumes?.id),
      done: texts((index) => done.has(index)),
      unknown: texts((index) => index === unknown),
      notDone: texts((index) => !done.has(index) && index !== unknown),
      differences: found?.differences ?? [],
    };
  });
}
