export { type FactHashes, hashFacts } from './hash-facts.ts';
export { isCertainlyRefused } from './is-certainly-refused.ts';
export {
  createRemovalGuard,
  type GuardedPushResult,
  type RemovalGuard,
  type RemovalGuardOptions,
} from './removal-guard.ts';
export { excessiveRemovals, type RemovalLimits, removalsOf } from './removals.ts';
export { stateFolder } from './state-folder.ts';
