export { declaredFields, rememberedFields, wireField } from './assemble-plan/index.ts';
export { fingerprintOf } from './fingerprint.ts';
export { isEmptyPlan } from './is-empty-plan.ts';
export type {
  Plan,
  PlannedField,
  PlannedProvider,
  PlanProblem,
} from './plan.ts';
export { readPlanFile, writePlanFile } from './plan-file.ts';
export { type PlanProvidersOptions, planProviders } from './plan-providers.ts';
