export {
  createRemovalGuard,
  type GuardedPushResult,
  type RemovalGuard,
  type RemovalGuardOptions,
} from './removal-guard.ts';
export { stateFolder } from './state-folder.ts';
