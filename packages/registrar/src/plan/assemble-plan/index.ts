export { assemblePlan, neededReadings, type PlanInput, type Reading } from './assemble-plan.ts';
export type { KnownSecrets } from './compare-fields.ts';
export { isRecord } from './json.ts';
export type { TenantDataSource, TenantProvider } from './tenant-view.ts';
export { declaredFields, rememberedFields, shownConfiguration } from './wire-fields.ts';
