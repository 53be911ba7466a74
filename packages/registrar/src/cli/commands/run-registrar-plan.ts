import { resolve } from 'node:path';
import { exitCodes } from '@oaa-kit/oaa';
import { type CommandBody, type CommandContext, printJson, printNote } from '@oaa-kit/oaa/cli';
import type { Manifests } from '../../manifest/index.ts';
import { isEmptyPlan, type Plan, planProviders, writePlanFile } from '../../plan/index.ts';
import { openManifests, type RegistrarValues, readOwnState, secretsOf, tenantFor } from '../open-registrar.ts';
import { printPlan } from '../print-plan.ts';
import type { planOptions } from './registrar.ts';

interface PlanValues extends RegistrarValues {
  readonly 'allow-delete'?: boolean | undefined;
}

/** Plans what manifests ask for, from the state file as it is. */
async function planFor(context: CommandContext, manifests: Manifests, values: PlanValues): Promise<Plan> {
  const { cwd, signal, now, hideSecret } = context;
  const tenant = await tenantFor(context, values, manifests);
  return planProviders({
    tenant,
    manifests,
    state: await readOwnState(context, values, tenant, manifests),
    secrets: { ...secretsOf(context, values), cwd },
    allowDelete: values['allow-delete'] === true,
    now,
    onSecret: hideSecret,
    signal,
  });
}

/** Shows what an apply would do, and writes it to a file when asked to. */
export const runRegistrarPlan: CommandBody<typeof planOptions> = async (context, { options }) => {
  const { manifest, out, 'detailed-exit': detailedExit } = options;
  const plan = await planFor(context, await openManifests(context, manifest, options), options);
  if (out !== undefined) await writePlanFile(resolve(context.cwd, out), plan);
  if (context.json) printJson(context, { plan });
  else {
    printPlan(context, plan);
    if (out !== undefined) printNote(context, `Written to ${out}. Apply it with: oaa registrar apply --plan ${out}`);
  }
  if (plan.problems.length > 0) return exitCodes.guard;
  return detailedExit === true && !isEmptyPlan(plan) ? exitCodes.differences : exitCodes.done;
};
