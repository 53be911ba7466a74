export {
  type AttributeMapping,
  type AttributeMappingOptions,
  attributeMapping,
  type MappedProperty,
} from './attributes/attribute-mapping.ts';
export {
  type ComparableFacts,
  comparableLocalGroup,
  comparableLocalUser,
  comparableScimGroup,
  comparableScimUser,
  differingPaths,
} from './attributes/comparable.ts';
export { fromLocalGroup, type LocalGroupFacts, toLocalGroup } from './attributes/local-group.ts';
export { fromLocalUser, type LocalUserFacts, type ResourceState, toLocalUser } from './attributes/local-user.ts';
export { type LossyAttribute, lossyAttributes } from './attributes/lossy-attributes.ts';
export { mergeDefinitions } from './attributes/merge-definitions.ts';
export { overlayGroup, overlayUser } from './attributes/overlay.ts';
export { type PolicyAttribute, type PolicyAttributeName, policyAttributes } from './attributes/policy-attributes.ts';
export { policyToPatch, policyToUser } from './attributes/policy-requests.ts';
export { propertyName } from './attributes/property-name.ts';
export type { PolicyValues } from './attributes/read-policy.ts';
export { silentGroupPaths, silentUserPaths } from './attributes/silent-paths.ts';
export { takeFacts } from './attributes/take-facts.ts';
export { type ResourceTypeDocument, resourceTypeDocument } from './protocol/discovery/resource-type-document.ts';
export { type SchemaDocument, schemaDocument, schemaDocuments } from './protocol/discovery/schema-document.ts';
export {
  type AuthenticationScheme,
  type Pagination,
  type ServiceFeatures,
  type ServiceProviderConfig,
  serviceProviderConfig,
} from './protocol/discovery/service-provider-config.ts';
export { type ErrorBody, errorBody } from './protocol/errors/error-body.ts';
export { ScimError, type ScimType } from './protocol/errors/scim-error.ts';
export { formatEtag, isNotModified, matchesEtag, requireIfMatch } from './protocol/etag/etag.ts';
export { canonicalInstant } from './protocol/filter/canonical-instant.ts';
export {
  compileFilter,
  compileResolvedFilter,
  compileResolvedValueFilter,
  compileValueFilter,
  type Predicate,
} from './protocol/filter/compile-filter.ts';
export type {
  ComparisonFilter,
  ComparisonOperator,
  Filter,
  FilterValue,
  LogicalFilter,
  NegationFilter,
  PresenceFilter,
  ValuePathFilter,
} from './protocol/filter/filter.ts';
export { type FilterSyntaxProfile, parseBracketedFilter, parseFilter } from './protocol/filter/parse-filter.ts';
export { printFilter } from './protocol/filter/print-filter.ts';
export { type FilterProfile, resolveFilter, resolveValueFilter } from './protocol/filter/resolve-filter.ts';
export type {
  Operand,
  ResolvedComparison,
  ResolvedConstant,
  ResolvedFilter,
  ResolvedPresence,
  ResolvedValuePath,
} from './protocol/filter/resolved-filter.ts';
export { type ListPage, type ListResponse, listResponse } from './protocol/list/list-response.ts';
export { type Page, type PageBounds, type PageParameters, readPage } from './protocol/list/read-page.ts';
export { applyMemberDelta } from './protocol/patch/apply-member-delta.ts';
export { applyPatch, type PatchOptions, type PatchOutcome } from './protocol/patch/apply-patch.ts';
export type { MemberDelta, MemberStep } from './protocol/patch/member-delta.ts';
export { type PatchLimits, patchLimits } from './protocol/patch/patch-limits.ts';
export { type PatchOperation, patchOpUrn, readPatch } from './protocol/patch/read-patch.ts';
export { type Profile, standardProfile } from './protocol/profile.ts';
export { completeResource } from './protocol/resource/complete-resource.ts';
export { normaliseResource } from './protocol/resource/normalise-resource.ts';
export { type AttributePath, printAttributePath, splitAttributePath } from './protocol/schemas/attribute-path.ts';
export { extendResourceType } from './protocol/schemas/extend-resource-type.ts';
export { InvalidSchemaError, type SchemaProblem } from './protocol/schemas/invalid-schema-error.ts';
export { readSchema } from './protocol/schemas/read-schema.ts';
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
export { compileSelection, type SelectionPlan, type SelectionRequest } from './protocol/selection/compile-selection.ts';
export { readSelection, type SelectionParameters } from './protocol/selection/read-selection.ts';
export { applySelection, selectAttributes } from './protocol/selection/select-attributes.ts';
export { readSort, type Sort, type SortParameters } from './protocol/sort/read-sort.ts';
export { compareSortKeys, type SortKey, sortKey } from './protocol/sort/sort-key.ts';
