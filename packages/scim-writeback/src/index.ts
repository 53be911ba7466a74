export { ScimError, type ScimType } from './protocol/errors/scim-error.ts';
export { type AttributePath, printAttributePath, splitAttributePath } from './protocol/schemas/attribute-path.ts';
export { type ResolvedPath, ResourceSchema } from './protocol/schemas/resource-schema.ts';
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
export { type Profile, standardProfile } from './protocol/profile.ts';
