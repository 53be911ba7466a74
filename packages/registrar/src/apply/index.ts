export type { ApplyOptions, ResumeOptions } from './apply-options.ts';
export { applyPlan, resumeApply, unfinishedPlan } from './apply-plan.ts';
export { type AppliedProvider, type ApplyReport, ApplyStoppedError } from './apply-report.ts';
export {
  type CheckedEndpoint,
  type EndpointCheck,
  EndpointCheckError,
  type EndpointToCheck,
} from './check-endpoints.ts';
export type { StepEvent } from './run-steps.ts';
export { memoryState, type StateHandle } from './state-handle.ts';
