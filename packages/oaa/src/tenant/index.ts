export type { DataSource } from './data-source.ts';
export type { DataSources } from './data-sources.ts';
export type { Provider } from './provider.ts';
export type { Providers } from './providers.ts';
export type { PushTarget } from './push-target.ts';
export type { PushCsvOptions, PushOptions, PushProgress, PushResult, PushWarning } from './push-types.ts';
export type { Templates } from './templates.ts';
export { Tenant } from './tenant.ts';
export type { CallOptions, ListOptions, NewDataSource, NewProvider, TenantOptions } from './tenant-options.ts';
