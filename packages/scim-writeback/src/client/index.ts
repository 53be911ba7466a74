export { createScimClient } from './create-scim-client.ts';
export { type RequestDocument, requestLine } from './describe-request.ts';
export { type Dialect, type DialectName, dialects } from './dialects.ts';
export { isJsonObject, type JsonObject, member } from './json.ts';
export type { RateLimit } from './pacer.ts';
export { equalsFilter } from './read-by-id.ts';
export type { ChangeOptions, ListOptions, ScimClient, ScimClientOptions } from './scim-client.ts';
export type { Endpoint, ListQuery, ScimRequest, SentOperation } from './scim-request.ts';
export type { ScimAnswer, ScimResource } from './scim-resource.ts';
