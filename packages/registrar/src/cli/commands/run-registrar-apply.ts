import { resolve } from 'node:path';
import { GuardError, type Tenant, UsageError } from '@oaa-kit/oaa';
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
import { isEmptyPlan, type Plan, planProviders, readPlanFile } from '../../plan/index.ts';
import { type OpenState, openState } from '../../state/index.ts';
import { acceptedChecks } from '../accepted-checks.ts';
import { openManifests, secretsOf, stateFileOf, tenantFor } from '../open-registrar.ts';
import { printApplied, printStep } from '../print-applied.ts';
import { printPlan } from '../print-plan.ts';
import type { applyOptions } from './registrar.ts';

type Arguments = Parameters<CommandBody<typeof applyOptions>>[1];
type Options = Arguments['options'];

/** What is applied: manifests that are planned now, a plan that was written, or what an earlier run has left. */
type Source =
  | { readonly from: 'manifests'; readonly files: readonly string[] }
  | { readonly from: 'plan'; readonly file: string }
  | { readonly from: 'journal' };

function sourceOf({ manifest, plan, resume }: Options): Source {
  const given = [manifest !== undefined, plan !== undefined, resume === true].filter(Boolean).length;
  if (given !== 1) {
    throw new UsageError('usage', 'Give one of --manifest (-f), --plan and --resume.', {
      hint: 'oaa registrar apply -f provider.yaml',
    });
  }
  if (manifest !== undefined) return { from: 'manifests', files: manifest };
  return plan === undefined ? { from: 'journal' } : { from: 'plan', file: plan };
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

function resumeOptions(
  context: CommandContext,
  options: Options,
  acceptFailingChecks: readonly string[],
  tenant: Tenant,
  state: OpenState,
): ResumeOptions {
  const progress = progressLine(context);
  return {
    tenant,
    state,
    secrets: secretsOf(context, options),
    acceptFailingChecks,
    verifyFrom: options['verify-from'],
    checkReadOnly: options['check-read-only'],
    onStep: (event) => printStep(context, progress, event),
    onSecret: context.hideSecret,
    signal: context.signal,
    now: context.now,
  };
}

/** Plans with the state locked, so that nobody else can apply between plan and apply. */
async function planLocked(
  context: CommandContext,
  source: Exclude<Source, { from: 'journal' }>,
  options: Options,
  open: (tenant: Tenant) => Promise<OpenState>,
): Promise<{ readonly plan: Plan; readonly tenant: Tenant; readonly state: OpenState }> {
  if (source.from === 'plan') {
    const plan = await readPlanFile(resolve(context.cwd, source.file));
    const tenant = await openTenant(context, options, { url: plan.tenant, where: source.file });
    return { plan, tenant, state: await open(tenant) };
  }
  const manifests = await openManifests(context, source.files, options);
  const tenant = await tenantFor(context, options, manifests);
  const state = await open(tenant);
  try {
    const { cwd, now, hideSecret, signal } = context;
    const plan = await planProviders({
      tenant,
      manifests,
      state: state.state,
      secrets: { ...secretsOf(context, options), cwd },
      allowDelete: options['allow-delete'] === true,
      now,
      onSecret: hideSecret,
      signal,
    });
    return { plan, tenant, state };
  } catch (error) {
    state.close();
    throw error;
  }
}

async function applyAll(context: CommandContext, source: Source, options: Options): Promise<ApplyReport> {
  const accepted = await acceptedChecks(options['accept-failing-checks']);
  const open = async (tenant: Tenant): Promise<OpenState> =>
    openState(await stateFileOf(context, options, tenant), tenant.url, context.now);
  if (source.from === 'journal') {
    const tenant = await tenantFor(context, options);
    const state = await open(tenant);
    try {
      return await resumeApply(resumeOptions(context, options, accepted, tenant, state));
    } finally {
      state.close();
    }
  }
  const { plan, tenant, state } = await planLocked(context, source, options, open);
  try {
    if (!context.json) printPlan(context, plan);
    // A plan that was written has been looked at.
    if (source.from === 'manifests' && !isEmptyPlan(plan) && plan.problems.length === 0) {
      await confirm(context, plan, options.yes);
    }
    return await applyPlan({ ...resumeOptions(context, options, accepted, tenant, state), plan });
  } finally {
    state.close();
  }
}

/** Registers what manifests, a plan or an unfinished apply ask for. */
export const runRegistrarApply: CommandBody<typeof applyOptions> = async (context, { options }) => {
  const report = await applyAll(context, sourceOf(options), options);
  if (context.json) printJson(context, { apply: report });
  else printApplied(context, report);
  if (!context.json && report.providers.some(({ differences }) => differences.length > 0)) {
    printNote(context, 'The tenant shows some fields otherwise than they were sent; see above.');
  }
};
