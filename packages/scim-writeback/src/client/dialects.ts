import type { RateLimit } from './pacer.ts';

export type DialectName = 'standard' | 'veza';

/** Where the other side of a SCIM client goes its own way. */
export interface Dialect {
  readonly name: DialectName;
  /** Media type of the bodies that are sent. */
  readonly contentType: string;
  /** Media types that are asked for. */
  readonly accept: string;
  /** Whether one resource is read at `/{endpoint}/{id}`; otherwise by a filter on its id. */
  readonly readsById: boolean;
  /** Resources asked for in one page. */
  readonly pageSize: number;
  /** How many requests may be sent. */
  readonly rateLimit: RateLimit | undefined;
  /** SCIM paths that a user needs when it is made. */
  readonly requiredUserAttributes: readonly string[];
  /** Whether `userName` has to be the primary e-mail address, which then has to be there. */
  readonly userNameIsEmail: boolean;
  /** What DELETE of a user does. */
  readonly deletedUser: 'erased' | 'deactivated';
}

/**
 * The two dialects, each value with its source. `standard` is any service that keeps to RFC 7644, and what a tenant calls
 * as a lifecycle client ("OAA with SCIM Lifecycle Management"). `veza` is the SCIM service of a Veza tenant itself, at
 * `https://{tenant}.vezacloud.com/scim/v2` ("SCIM Provisioning", "SCIM API Reference").
 *
 * What is sent for an action (methods, bodies, PATCH operations) is the same in both. Both take 200, 201 and 204 as
 * success of every method, since the API reference of the tenant documents 200 for all of them, and read errors as SCIM
 * errors or as `google.rpc.Status`.
 */
export const dialects: Readonly<Record<DialectName, Dialect>> = {
  standard: {
    name: 'standard',
    // RFC 7644 s3.1, s8.1; "OAA with SCIM Lifecycle Management", every operation.
    contentType: 'application/scim+json',
    // RFC 7644 s3.8.
    accept: 'application/scim+json, application/json',
    // RFC 7644 s3.4.1; "Required SCIM 2.0 Endpoints".
    readsById: true,
    // RFC 7644 s3.4.2.4 leaves it open; a server may send fewer.
    pageSize: 100,
    // RFC 7644 has none; 429 and Retry-After (RFC 6585 s4) are heeded.
    rateLimit: undefined,
    // RFC 7643 s4.1.1; "Attribute Synchronization": user_name is the only required one.
    requiredUserAttributes: ['userName'],
    userNameIsEmail: false,
    // RFC 7644 s3.6.
    deletedUser: 'erased',
  },
  veza: {
    name: 'veza',
    // The request samples of the API reference.
    contentType: 'application/json',
    accept: '*/*',
    // The API reference lists no GET of one user or group.
    readsById: false,
    // "Queries are limited to returning a maximum of 200 items at a time".
    pageSize: 200,
    // "Query Limit: 200 requests per minute".
    rateLimit: { requests: 200, perMs: 60_000 },
    // "Create User", required attributes: its list has displayName, too.
    requiredUserAttributes: ['userName', 'name.givenName', 'name.familyName', 'displayName'],
    // "userName (must match email address)", "Email attribute must be marked as primary".
    userNameIsEmail: true,
    // "Delete User: Deactivates the user in Veza".
    deletedUser: 'deactivated',
  },
};
