export type { AccessIndex, WorkMeter } from './access-index.ts';
export { type AccessOfQuery, accessOf } from './access-of.ts';
export { type AccessPaths, type AccessPathsQuery, accessPaths } from './access-paths.ts';
export type { Access, AccessPath, AccessStep, AccessTarget } from './access-step.ts';
export { formatPath } from './format-path.ts';
export { indexAccess } from './index-access.ts';
export type { ApplicationChoice } from './look-up.ts';
export { type Holder, type WhoCanQuery, whoCan } from './who-can.ts';
