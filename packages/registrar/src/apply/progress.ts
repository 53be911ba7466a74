import type { JournalEvent } from './journal-record.ts';
import type { Step, StepFacts } from './step.ts';

/** How far the steps of a plan have come. */
export interface Progress {
  readonly done: ReadonlySet<number>;
  /** The step that was begun and of which nobody knows whether it took effect. */
  readonly unknown: number | undefined;
  /** What was found out about each provider, by its place in the plan. */
  readonly facts: ReadonlyMap<number, StepFacts>;
  /** The serial of the state when the last line was written; undefined before the first. */
  readonly serial: number | undefined;
}

/** What the lines of a journal come to. */
export function progressOf(steps: readonly Step[], events: readonly JournalEvent[]): Progress {
  const done = new Set<number>();
  const facts = new Map<number, StepFacts>();
  let unknown: number | undefined;
  for (const { step, event, facts: found } of events) {
    unknown = event === 'begun' ? step : undefined;
    if (event !== 'done') continue;
    done.add(step);
    const provider = steps[step]?.provider;
    if (provider !== undefined) facts.set(provider, { ...facts.get(provider), ...found });
  }
  return { done, unknown, facts, serial: events.at(-1)?.serial };
}
