export { ScimError, type ScimType } from './protocol/errors/scim-error.ts';
export { type Profile, standardProfile } from './protocol/profile.ts';
export { completeResource } from './protocol/resource/complete-resource.ts';
export { normaliseResource } from './protocol/resource/normalise-resource.ts';
export { normaliseElement, normaliseValue } from './protocol/resource/normalise-value.ts';
export { type AttributePath, printAttributePath, splitAttributePath } from './protocol/schemas/attribute-path.ts';
export { type ResolvedPath, ResourceSchema } from './protocol/schemas/resource-schema.ts';
export { groupResourceType, userResourceType } from './protocol/schemas/resource-types.ts';
export type {
  Attribute,
  AttributeType,
  Mutability,
  ResourceType,
  Returned,
  Schema,
  SchemaExtension,
  Uniqueness,
} from './protocol/schemas/schema.ts';
export { isScimObject, type ScimObject, type ScimValue } from './protocol/schemas/scim-value.ts';
export { compareCodePoints } from './protocol/text/compare-code-points.ts';
export { foldCase } from './protocol/text/fold-case.ts';
export { compareInstants, type Instant, parseDateTime } from './protocol/values/date-time.ts';
export { sameValue } from './protocol/values/same-value.ts';
export { valueKey } from './protocol/values/value-key.ts';
