import { resolve } from 'node:path';
import { exitCodes, GuardError, type Tenant, UsageError } from '@oaa-kit/oaa';
import {
  ask,
  type CommandBody,
  type CommandContext,
  canAsk,
  openTenant,
  printJson,
  printNote,
  progressLine,
} from '@oaa-kit/oaa/cli';
import { type ApplyReport, applyPlan, type ResumeOptions, resumeApply } from '../../apply/index.ts';
import type { Manifests } from '../../manifest/index.ts';
import { isEmptyPlan, type Plan, planProviders, readPlanFile } from '../../plan/index.ts';
import { type OpenState, openState } from '../../state/index.ts';
import { acceptedChecks } from '../accepted-checks.ts';
import { openManifests, secretsOf, stateFileOf, tenantFor } from '../open-registrar.ts';
import { printApplied, printStep } from '../print-applied.ts';
import { printPlan } from '../print-plan.ts';
import { resumeCommand } from '../resume-command.ts';
import type { applyOptions } from './registrar.ts';

type Arguments = Parameters<CommandBody<typeof applyOptions>>[1];
type Options = Arguments['options'];

/** What is applied: manifests that are planned now, a plan that was written, or what an earlier run has left. */
type Source =
  | { readonly from: 'manifests' }
  | { readonly from: 'plan'; readonly file: string }
  | { readonly from: 'journal' };

/** Beside a plan and a journal, which hold what manifests said, these only name the tenant. */
function sourceOf({ manifest, plan, resume }: Options): Source {
  const isResumed = resume === true;
  if ((plan !== undefined && isResumed) || (manifest === undefined && plan === undefined && !isResumed)) {
    throw new UsageError('usage', 'Give one of --manifest (-f), --plan and --resume.', {
      hint: 'oaa registrar apply -f provider.yaml. Beside --plan or --resume, -f only names the tenant.',
    });
  }
  if (isResumed) return { from: 'journal' };
  return plan === undefined ? { from: 'manifests' } : { from: 'plan', file: plan };
}

/** Asks whether a plan that was shown is to be applied. */
async function confirm(context: CommandContext, plan: Plan, yes: boolean | undefined): Promise<void> {
  if (yes === true) return;
  if (!canAsk(context)) {
    throw new GuardError('guard', 'Nothing was changed: nobody can be asked here whether this plan is meant.', {
      hint: 'Add --yes, or write the plan with oaa registrar plan --out and apply that.',
    });
  }
  const answer = await ask(context, `Apply this plan to ${plan.tenant}? Type yes: `);
  if (answer === 'yes') return;
  throw new GuardError('guard', 'The plan was not confirmed. Nothing was changed.', {
    hint: 'Type yes, or add --yes.',
  });
}

/** Where an apply happens. */
interface Place {
  readonly tenant: Tenant;
  /** Locked, so that nobody else can apply between plan and apply. */
  readonly state: OpenState;
  /** What is applied from them, or what names the tenant; undefined when none were given. */
  readonly manifests: Manifests | undefined;
}

async function openPlace(context: CommandContext, options: Options, plan: Plan | undefined): Promise<Place> {
  const { manifest } = options;
  const manifests = manifest === undefined ? undefined : await openManifests(context, manifest, options);
  const planned = plan === undefined ? undefined : { url: plan.tenant, where: options.plan ?? '' };
  const tenant =
    manifests?.tenant === undefined
      ? await openTenant(context, options, planned)
      : await tenantFor(context, options, manifests);
  const file = await stateFileOf(context, options, tenant);
  return { tenant, state: await openState(file, tenant.url, context.now), manifests };
}

function resumeOptions(
  context: CommandContext,
  options: Options,
  acceptFailingChecks: readonly string[],
  { tenant, state, manifests }: Place,
): ResumeOptions {
  const progress = progressLine(context);
  return {
    tenant,
    state,
    secrets: secretsOf(context, options),
    acceptFailingChecks,
    verifyFrom: options['verify-from'],
    checkReadOnly: options['check-read-only'],
    resumeWith: resumeCommand(options, manifests?.tenant !== undefined),
    onStep: (event) => printStep(context, progress, event),
    onSecret: context.hideSecret,
    signal: context.signal,
    now: context.now,
  };
}

async function planNow(
  context: CommandContext,
  options: Options,
  { tenant, state }: Place,
  manifests: Manifests,
): Promise<Plan> {
  const { cwd, now, hideSecret, signal } = context;
  return planProviders({
    tenant,
    manifests,
    state: state.state,
    secrets: { ...secretsOf(context, options), cwd },
    allowDelete: options['allow-delete'] === true,
    now,
    onSecret: hideSecret,
    signal,
  });
}

async function applyAll(context: CommandContext, source: Source, options: Options): Promise<ApplyReport> {
  const accepted = await acceptedChecks(options['accept-failing-checks']);
  const written = source.from === 'plan' ? await readPlanFile(resolve(context.cwd, source.file)) : undefined;
  const place = await openPlace(context, options, written);
  try {
    const how = resumeOptions(context, options, accepted, place);
    const { manifests } = place;
    if (source.from === 'journal') return await resumeApply(how);
    const plan = written ?? (manifests && (await planNow(context, options, place, manifests)));
    if (plan === undefined) throw new Error('there is nothing to plan from');
    if (!context.json) printPlan(context, plan);
    // A plan that was written has been looked at.
    if (source.from === 'manifests' && !isEmptyPlan(plan) && plan.problems.length === 0) {
      await confirm(context, plan, options.yes);
    }
    return await applyPlan({ ...how, plan });
  } finally {
    place.state.close();
  }
}

/** Registers what manifests, a plan or an unfinished apply ask for. */
export const runRegistrarApply: CommandBody<typeof applyOptions> = async (context, { options }) => {
  const report = await applyAll(context, sourceOf(options), options);
  if (context.json) printJson(context, { apply: report });
  else printApplied(context, report);
  const isOtherwise = report.providers.some(({ differences }) => differences.length > 0);
  if (!context.json && isOtherwise) {
    printNote(context, 'The tenant shows some fields otherwise than they were sent; see above.');
  }
  return isOtherwise ? exitCodes.differences : exitCodes.done;
};
