export type { ApplicationName } from '../directory/bases.ts';
export { type AdminServiceOptions, createAdminService } from './admin/admin-service.ts';
export type { AcceptedBaseDocument, BaseListDocument } from './admin/base-documents.ts';
export type { AdminErrorDocument } from './admin/refuse-admin.ts';
export type { ApplicationOf } from './admin/require-application.ts';
export { type AuthenticatorOptions, createAuthenticator } from './auth/create-authenticator.ts';
export { type GivenFor, givenBasic, givenToken } from './auth/given-credentials.ts';
export { issueBasic, issueToken } from './auth/issue-credential.ts';
export { createScimService } from './create-scim-service.ts';
export { createMetrics, type Metrics } from './metrics.ts';
export { type NodeHandler, type NodeHandlerOptions, nodeHandler } from './node-handler.ts';
export { createRateLimiter, type RateLimiterOptions } from './rate-limiter.ts';
export type {
  Authenticator,
  Principal,
  RateLimiter,
  RequestRecord,
  ScimRequest,
  ScimResponse,
  ScimService,
  ScimServiceOptions,
  ServiceLimits,
} from './scim-service.ts';
export { type ScimServer, type ScimServerOptions, startScimServer } from './standalone.ts';
export type { LogDestination } from './standalone-log.ts';
