export type { ActionOptions, ActionOutcome, ActionResult, ActionStep } from './action.ts';
export { createEntitlement } from './create-entitlement.ts';
export { deleteIdentity } from './delete-identity.ts';
export { deprovisionIdentity } from './deprovision-identity.ts';
export {
  applyTransformers,
  functionNames,
  type LookupTable,
  type LookupTables,
  type SourceAttributes,
  type TransformedAttributes,
  type Transformer,
  type TransformerContext,
} from './formatter/index.ts';
export { addToGroup, type RelationshipInput, removeFromGroup } from './manage-relationships.ts';
export type { GroupReference, UserReference } from './references.ts';
export { maximumUserNames, type SyncIdentityInput, syncIdentity } from './sync-identity.ts';
