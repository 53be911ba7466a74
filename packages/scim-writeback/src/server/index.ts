export { createScimService } from './create-scim-service.ts';
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
