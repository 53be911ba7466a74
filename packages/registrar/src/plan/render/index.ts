export { renderPlan } from './render-plan.ts';
