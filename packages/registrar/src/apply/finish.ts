import { GuardError, OaaError } from '@oaa-kit/oaa';
import type { Plan } from '../plan/plan.ts';
import { type AppliedProvider, type ApplyReport, ApplyStoppedError } from './apply-report.ts';
import type { CheckedEndpoint } from './check-endpoints.ts';
import { appliedProviders } from './describe-progress.ts';
import type { Journal } from './journal.ts';
import { leftBehindNotes } from './left-behind.ts';
import type { Progress } from './progress.ts';
import type { Step } from './step.ts';
import { giveUpHint, goOnHint } from './ways-on.ts';

export interface Finish {
  readonly plan: Plan;
  readonly steps: readonly Step[];
  readonly progress: Progress;
  readonly failure: unknown;
  readonly journal: Journal;
  readonly checks: readonly CheckedEndpoint[];
  /** Of the state; undefined when it is kept in memory only. */
  readonly file: string | undefined;
  readonly resumeWith: string | undefined;
}

const shownProviders = 20;

function lineOf({ name, done, unknown, notDone }: AppliedProvider): string {
  const parts = [
    done.length === 0 ? undefined : `done: ${done.join(', ')}`,
    unknown.length === 0 ? undefined : `outcome unknown: ${unknown.join(', ')}`,
    notDone.length === 0 ? undefined : `not done: ${notDone.join(', ')}`,
  ];
  return `  ${name}: ${parts.filter((part) => part !== undefined).join('; ')}`;
}

function summary(providers: readonly AppliedProvider[]): string {
  const concerned = providers.filter(({ done, unknown, notDone }) => done.length + unknown.length + notDone.length > 0);
  const left = concerned.length - shownProviders;
  const lines = concerned.slice(0, shownProviders).map(lineOf);
  return [...lines, ...(left > 0 ? [`  and ${left} more providers`] : [])].join('\n');
}

/** What to do about an apply that stopped. What a guard stopped would be stopped again. */
function hintOf(error: OaaError, nothingDone: boolean, { file, resumeWith }: Finish): string {
  const own = error.hint === undefined ? '' : `${error.hint} `;
  if (nothingDone) return `${own}Then plan and apply again.`;
  if (file === undefined) return `${own}Then plan again; what was made is taken over with adopt: true.`;
  return `${own}${error instanceof GuardError ? giveUpHint(file) : goOnHint({ resumeWith })}`;
}

/**
 * What is told of a run.
 *
 * @throws ApplyStoppedError when a step failed; faults of ours as they are
 */
export async function finish(run: Finish): Promise<ApplyReport> {
  const { plan, steps, progress, failure, journal, checks } = run;
  const nothingDone = progress.done.size === 0 && progress.unknown === undefined;
  if (failure === undefined || nothingDone) await journal.remove();
  const report: ApplyReport = {
    format: 'oaa-registrar-apply',
    version: 1,
    tenant: plan.tenant,
    outcome: failure === undefined ? 'done' : 'stopped',
    providers: appliedProviders(plan, steps, progress),
    checks,
    notes: await leftBehindNotes(checks),
  };
  if (failure === undefined) return report;
  if (!(failure instanceof OaaError)) throw failure;
  const state = nothingDone ? 'Nothing was changed.' : `The apply has stopped:\n${summary(report.providers)}`;
  const message = [failure.message, state, ...report.notes].join('\n');
  throw new ApplyStoppedError(failure, message, hintOf(failure, nothingDone, run), report);
}
