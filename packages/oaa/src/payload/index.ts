export type { AccessCredential, AccessCredentialOptions } from './application/access-credential.ts';
export type { Application, ApplicationOptions } from './application/application.ts';
export { ApplicationPayload } from './application/application-payload.ts';
export type { ApplicationProperties } from './application/application-properties.ts';
export { defineApplication } from './application/define-application.ts';
export type { GrantTarget } from './application/grants.ts';
export type { IdpIdentity } from './application/idp-identity.ts';
export type { LocalGroup, LocalGroupOptions } from './application/local-group.ts';
export type { LocalRole, LocalRoleOptions } from './application/local-role.ts';
export type { LocalUser, LocalUserOptions } from './application/local-user.ts';
export type { Permission, PermissionOptions } from './application/permission.ts';
export type { Connection, Resource, ResourceOptions } from './application/resource.ts';
export type {
  IdentityType,
  UserType,
  WireAccessCredential,
  WireApplication,
  WireApplicationPayload,
  WireApplicationProperties,
  WireGroup,
  WireIdentityToPermissions,
  WirePermission,
  WirePermissionGrant,
  WireResource,
  WireRole,
  WireRoleAssignment,
  WireUser,
} from './application/wire.ts';
export { type CanonicalPermission, canonicalPermissions } from './canonical-permissions.ts';
export {
  type Diagnostic,
  type DiagnosticCode,
  formatDiagnostic,
  hasErrors,
  joinPath,
  type Severity,
  type SourcePosition,
} from './diagnostics.ts';
export {
  type ComparablePayload,
  countDifferences,
  type DiffCounts,
  diffPayloads,
  type PayloadDiff,
} from './diff/diff-payloads.ts';
export type {
  Change,
  DefinitionDifference,
  Difference,
  DiffKind,
  EntityDifference,
  FieldChange,
  Grant,
  GrantDifference,
  MembershipDifference,
  MembershipType,
} from './diff/difference.ts';
export { isEqual } from './diff/is-equal.ts';
export type { EntityCollection } from './entity-collection.ts';
export { foldKey } from './keys.ts';
export { limits, truncateBytes } from './limits.ts';
export type { Owner, WireOwner } from './owners.ts';
export {
  type PropertyDefinitions,
  type PropertyInputs,
  type PropertyType,
  type PropertyValue,
  propertyTypes,
} from './properties.ts';
export { jsonChunks, type PayloadSource, type StreamingPayload } from './serialise.ts';
export type { WireTag } from './tags.ts';
export { type Template, templates } from './templates.ts';
export { isTimestamp, type Timestamp } from './timestamps.ts';
export { templateOf, type ValidateOptions, validate } from './validate.ts';
