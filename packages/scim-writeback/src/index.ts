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
export { resourceTypeDocument, type ResourceTypeDocument } from './protocol/discovery/resource-type-document.ts';
export { schemaDocument, type SchemaDocument, schemaDocuments } from './protocol/discovery/schema-document.ts';
export {
  type AuthenticationScheme,
  type Pagination,
  type ServiceFeatures,
  type ServiceProviderConfig,
  serviceProviderConfig,
} from './protocol/discovery/service-provider-config.ts';
export { type ErrorBody, errorBody } from './protocol/errors/error-body.ts';
export { formatEtag, isNotModified, matchesEtag, requireIfMatch } from './protocol/etag/etag.ts';
export { type ListPage, type ListResponse, listResponse } from './protocol/list/list-response.ts';
export { type Page, type PageBounds, type PageParameters, readPage } from './protocol/list/read-page.ts';
export { extendResourceType } from './protocol/schemas/extend-resource-type.ts';
export { InvalidSchemaError, type SchemaProblem } from './protocol/schemas/invalid-schema-error.ts';
export { readSchema } from './protocol/schemas/read-schema.ts';
export { compileSelection, type SelectionPlan, type SelectionRequest } from './protocol/selection/compile-selection.ts';
export { readSelection, type SelectionParameters } from './protocol/selection/read-selection.ts';
export { applySelection, selectAttributes } from './protocol/selection/select-attributes.ts';
export { compareResources, sortValue } from './protocol/sort/compare-resources.ts';
export { readSort, type Sort, type SortParameters } from './protocol/sort/read-sort.ts';
