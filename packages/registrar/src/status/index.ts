export { type ReadStatusOptions, readStatus } from './read-status.ts';
export {
  declaresProvisioning,
  ProvisioningStoppedError,
  type SetProvisioningOptions,
  type SwitchedProvider,
  setProvisioning,
} from './set-provisioning.ts';
export type { ConnectionHealth, DataSourceStatus, ProviderStatus, StatusReport } from './status-report.ts';
