export type { DataSource } from './data-source.ts';
export type { Provider } from './provider.ts';
export type { PushCsvOptions, PushOptions, PushProgress, PushResult, PushWarning } from './push-types.ts';
export { type DataSources, type Providers, type Templates, Tenant } from './tenant.ts';
export type { CallOptions, ListOptions, NewDataSource, NewProvider, TenantOptions } from './tenant-options.ts';
