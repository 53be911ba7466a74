export type { SandboxLimits } from './api/route.ts';
export { createSandbox, type Sandbox } from './create-sandbox.ts';
export type { FaultKind, FaultMatch, FaultRule } from './faults.ts';
export type { DataSourceInspection, ProviderInspection } from './inspection.ts';
export type { SandboxOptions } from './options.ts';
export type { PagingOptions } from './pagination.ts';
export type { PayloadCounts } from './payload-counts.ts';
export type { Icon, PushMode, PushRecord, PushWarning } from './records.ts';
export type { RequestRecord } from './request-log.ts';
