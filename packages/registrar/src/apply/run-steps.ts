import { isCertainlyRefused, OaaError } from '@oaa-kit/oaa';
import type { Journal } from './journal.ts';
import type { JournalEvent } from './journal-record.ts';
import type { Progress } from './progress.ts';
import type { Step, StepContext, StepMoment, StepWork } from './step.ts';
import { stoppedBySignal } from './stopped-by-signal.ts';

/** What is told of a step while a plan is applied. */
export interface StepEvent {
  readonly step: Step;
  /** Name of the provider. */
  readonly provider: string;
  readonly event: 'begun' | 'done';
}

export interface RunOptions {
  readonly steps: readonly Step[];
  readonly progress: Progress;
  readonly journal: Journal;
  readonly work: Readonly<Record<Step['name'], StepWork>>;
  readonly contextOf: (moment: StepMoment) => StepContext;
  readonly onStep: ((event: StepEvent) => void) | undefined;
  readonly signal: AbortSignal;
}

/** How far a run came, and why it stopped where it did. */
export interface RunResult {
  readonly progress: Progress;
  readonly failure: unknown;
}

/**
 * Does the steps that are not done, one after the other, and stops at the first that fails. Before a step writes, the
 * journal says so; afterwards, what came of it.
 */
export async function runSteps(options: RunOptions): Promise<RunResult> {
  const { steps, journal, signal } = options;
  const done = new Set(options.progress.done);
  const facts = new Map(options.progress.facts);
  /** The providers whose fields were sent by this run, so that it is known what they hold. */
  const sent = new Set<number>();
  let { unknown, serial } = options.progress;

  async function note(context: StepContext, event: Omit<JournalEvent, 'serial'>): Promise<void> {
    serial = context.state.state.serial;
    await journal.write({ ...event, serial });
  }

  async function runStep(step: Step, index: number): Promise<void> {
    const { look, act, settle } = options.work[step.name];
    const context = options.contextOf({
      step,
      outcomeUnknown: unknown === index,
      sentByThisRun: sent.has(step.provider),
      facts: facts.get(step.provider) ?? {},
    });
    const provider = context.planned.declared.name;
    options.onStep?.({ step, provider, event: 'begun' });
    let found = (await look?.(context)) ?? 'to-do';
    if (found === 'to-do') {
      await note(context, { step: index, event: 'begun' });
      unknown = index;
      try {
        found = await act(context);
        if (step.name === 'create' || step.name === 'update') sent.add(step.provider);
      } catch (error) {
        if (isCertainlyRefused(error)) {
          await note(context, { step: index, event: 'refused' });
          unknown = undefined;
        }
        throw error;
      }
      await settle?.(context);
    }
    facts.set(step.provider, { ...facts.get(step.provider), ...found });
    done.add(index);
    unknown = undefined;
    await note(context, { step: index, event: 'done', facts: found });
    options.onStep?.({ step, provider, event: 'done' });
  }

  const result = (failure: unknown): RunResult => ({ progress: { done, unknown, facts, serial }, failure });
  for (const [index, step] of steps.entries()) {
    if (done.has(index)) continue;
    if (signal.aborted) return result(stoppedBySignal());
    try {
      await runStep(step, index);
    } catch (error) {
      return result(signal.aborted && !(error instanceof OaaError) ? stoppedBySignal() : error);
    }
  }
  return result(undefined);
}
