export type {
  ApplicationOperation,
  ApplicationRefusal,
  Intent,
  MemberSnapshot,
  RemovalLimits,
  Removals,
  ResourceSnapshot,
  SqlTransaction,
  SqlValue,
} from '../directory/write-back.ts';
export type { AdapterAnswer, AdapterCall, ApplicationAdapter, ProbeAnswer } from './adapter.ts';
export type { RetryOptions } from './carry-out.ts';
export { CustomAdapter } from './custom-adapter.ts';
export { CustomJoiningAdapter } from './custom-joining-adapter.ts';
export type { Adapter, JoiningAdapter, JoiningAnswer } from './joining-adapter.ts';
export { loadAdapter } from './load-adapter.ts';
export { protectedUserNames } from './protect.ts';
export { type Resolution, resolveIntent } from './resolve-intent.ts';
export { type ApplicationOptions, withWriteBack } from './with-write-back.ts';
export { WriteBackDirectory } from './write-back-directory.ts';
export type { WriteBackEvent } from './write-back-event.ts';
export type { WriteBackOptions } from './write-back-options.ts';
