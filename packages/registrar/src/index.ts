export {
  type AppliedProvider,
  type ApplyOptions,
  type ApplyReport,
  ApplyStoppedError,
  applyPlan,
  type CheckedEndpoint,
  type EndpointCheck,
  EndpointCheckError,
  type EndpointToCheck,
  memoryState,
  type ResumeOptions,
  resumeApply,
  type StateHandle,
  type StepEvent,
  unfinishedPlan,
} from './apply/index.ts';
export {
  type DeclaredProvider,
  ManifestError,
  type ManifestProblem,
  type ManifestSource,
  type Manifests,
  type ReadManifestsOptions,
  readManifests,
} from './manifest/index.ts';
export {
  isEmptyPlan,
  type Plan,
  type PlannedProvider,
  type PlanProblem,
  type PlanProvidersOptions,
  planProviders,
  readPlanFile,
  writePlanFile,
} from './plan/index.ts';
export { type RegisteredProvider, type RegisterScimProviderOptions, registerScimProvider } from './register.ts';
export { emptyState, type OpenState, openState, type RegistrarState, readState } from './state/index.ts';
export {
  type ConnectionHealth,
  type DataSourceStatus,
  type ProviderStatus,
  ProvisioningStoppedError,
  type ReadStatusOptions,
  readStatus,
  type SetProvisioningOptions,
  type StatusReport,
  type SwitchedProvider,
  setProvisioning,
} from './status/index.ts';
