import { setTimeout as wait } from 'node:timers/promises';
import { GuardError, UsageError } from '@oaa-kit/oaa';
import type { Plan } from '../plan/plan.ts';
import type { ApplyOptions, ResumeOptions } from './apply-options.ts';
import type { ApplyReport } from './apply-report.ts';
import { checkPlan } from './check-plan.ts';
import { finish } from './finish.ts';
import { beginJournal, continueJournal, type Journal, readJournal } from './journal.ts';
import type { JournalRecord } from './journal-record.ts';
import { planSteps } from './plan-steps.ts';
import { type Preparation, prepare } from './prepare.ts';
import { type Progress, progressOf } from './progress.ts';
import { runSteps } from './run-steps.ts';
import type { StateHandle } from './state-handle.ts';
import type { Step, StepContext, StepMoment } from './step.ts';
import { stepWork } from './steps/step-work.ts';
import { giveUpHint, goOnHint, withGivingUp } from './ways-on.ts';

const defaultDeletionTimeoutMs = 600_000;

async function sleepFor(durationMs: number, signal: AbortSignal): Promise<void> {
  await wait(durationMs, undefined, { signal });
}

function contextOf(
  plan: Plan,
  { prepared }: Preparation,
  options: ResumeOptions,
  signal: AbortSignal,
  moment: StepMoment,
): StepContext {
  const place = moment.step.provider;
  const planned = plan.providers[place];
  if (planned === undefined) throw new Error(`the plan has no provider ${place}`);
  const own = prepared.get(place);
  return {
    ...moment,
    tenant: options.tenant,
    planned,
    body: own?.body,
    secrets: own?.secrets ?? new Map(),
    secretCost: options.secretCost,
    icon: own?.icon,
    state: options.state,
    signal,
    now: options.now ?? (() => new Date()),
    sleep: options.sleep ?? sleepFor,
    deletionTimeoutMs: options.deletionTimeoutMs ?? defaultDeletionTimeoutMs,
  };
}

/** Does what is left of a plan. */
async function work(
  plan: Plan,
  steps: readonly Step[],
  before: Progress,
  options: ResumeOptions,
  openJournal: () => Promise<Journal>,
): Promise<ApplyReport> {
  const signal = options.signal ?? new AbortController().signal;
  const preparation = await prepare(plan, steps, before, options, signal);
  const journal = await openJournal();
  const { progress, failure } = await runSteps({
    steps,
    progress: before,
    journal,
    work: stepWork,
    contextOf: (moment) => contextOf(plan, preparation, options, signal, moment),
    onStep: options.onStep,
    signal,
  });
  return finish({
    plan,
    steps,
    progress,
    failure,
    journal,
    checks: preparation.checks,
    file: options.state.file,
    resumeWith: options.resumeWith,
  });
}

function isFinished(record: JournalRecord): boolean {
  const steps = planSteps(record.plan);
  const { done } = progressOf(steps, record.events);
  return steps.every((_, index) => done.has(index));
}

/**
 * Carries out a plan, once: looks again at what it relies on, reads every secret, tries the SCIM endpoints out, and only
 * then changes something, step by step with a journal beside the state file. The state is written after each provider.
 *
 * @throws GuardError, nothing changed: for a plan that has problems, destroys without leave or is out of date, for an
 *   endpoint that is not as the tenant needs it (`EndpointCheckError`), and when an earlier apply was not finished
 * @throws UsageError, nothing changed: for a plan of another tenant, and for secrets that cannot be read
 * @throws ApplyStoppedError when a step failed: it says what is done and what is not, and `resumeApply` goes on
 *
 * @example
 * const plan = await planProviders({ tenant, manifests, state: state.state, secrets });
 * const { providers } = await applyPlan({ plan, tenant, state, secrets });
 */
export async function applyPlan(options: ApplyOptions): Promise<ApplyReport> {
  const { plan, tenant, state } = options;
  const unfinished = await readJournal(state.file);
  if (unfinished !== undefined && !isFinished(unfinished)) {
    throw new GuardError(
      'guard',
      `The apply that was begun at ${unfinished.startedAt} was not finished, and nothing was changed now.`,
      { hint: `${goOnHint(options)}\n${giveUpHint(state.file ?? '')}` },
    );
  }
  checkPlan(plan, tenant.url, state.state.serial);
  const steps = planSteps(plan);
  const startedAt = (options.now ?? (() => new Date()))().toISOString();
  const before = progressOf(steps, []);
  return work(plan, steps, before, options, () =>
    beginJournal(steps.length === 0 ? undefined : state.file, plan, startedAt),
  );
}

/**
 * The plan of an apply that stopped on its way, of which something is left to do; undefined when there is none.
 *
 * @throws InputError for a damaged journal
 */
export async function unfinishedPlan(state: Pick<StateHandle, 'file'>): Promise<Plan | undefined> {
  const record = await readJournal(state.file);
  return record === undefined || isFinished(record) ? undefined : record.plan;
}

/** Between the last line of a journal and the end of its process the state may have been written once. */
function checkSerial(serial: number, before: Progress, plan: Plan): void {
  const expected = before.serial ?? plan.stateSerial;
  if (serial === expected || (before.unknown !== undefined && serial === expected + 1)) return;
  throw new GuardError(
    'guard',
    `The unfinished apply left state ${expected}, and the state is ${serial}: something was applied since.`,
    { hint: 'Look at what is on the tenant.' },
  );
}

/**
 * Goes on with the apply that stopped on its way, from its journal. What was begun without an answer is looked up, never
 * repeated blindly.
 *
 * @throws UsageError when there is nothing to go on with; otherwise as `applyPlan`. What a guard finds does not go away by
 *   going on again: its hint says how the apply is given up
 */
export async function resumeApply(options: ResumeOptions): Promise<ApplyReport> {
  const { tenant, state } = options;
  const { file } = state;
  const record = await readJournal(file);
  if (file === undefined || record === undefined) {
    throw new UsageError('usage', 'There is no unfinished apply to go on with.', { hint: 'Plan and apply.' });
  }
  const steps = planSteps(record.plan);
  const before = progressOf(steps, record.events);
  try {
    checkPlan(record.plan, tenant.url, record.plan.stateSerial);
    checkSerial(state.state.serial, before, record.plan);
    return await work(record.plan, steps, before, options, () => continueJournal(file, record));
  } catch (error) {
    throw withGivingUp(error, file);
  }
}
