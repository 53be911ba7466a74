export * from './errors/index.ts';
export type { LogFacts, Logger } from './http/logger.ts';
export type { RetryPolicy } from './http/retry-policy.ts';
export {
  type CallOptions,
  type DataSource,
  type DataSources,
  type ListOptions,
  type NewDataSource,
  type NewProvider,
  type Provider,
  type Providers,
  type PushCsvOptions,
  type PushOptions,
  type PushProgress,
  type PushResult,
  type PushWarning,
  type Templates,
  Tenant,
  type TenantOptions,
} from './tenant/index.ts';
