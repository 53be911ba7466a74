export { assemblePlan, neededReadings, type PlanInput, type Reading } from './assemble-plan.ts';
export type { KnownSecrets, SecretKnowledge } from './compare-fields.ts';
export type { TenantDataSource, TenantProvider } from './tenant-view.ts';
export { declaredFields, rememberedFields, shownConfiguration, wireField } from './wire-fields.ts';
