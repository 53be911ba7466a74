export { renderPlan } from './render-plan.ts';
export type { Paint } from './signs.ts';
