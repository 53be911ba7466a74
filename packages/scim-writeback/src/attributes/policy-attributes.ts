/** An attribute that a policy of the tenant can set, and the SCIM attribute that it becomes. */
export interface PolicyAttribute {
  /** As policies name it; also the name of the custom property that carries it in a payload. */
  readonly name: string;
  /** As a PATCH names it (RFC 7644 s3.10). Type and cardinality are those of the SCIM schema (RFC 7643 s4.1). */
  readonly path: string;
}

/**
 * The attributes of "Mapping OAA to SCIM" in "OAA with SCIM Lifecycle Management", in its order. `user_name` is the only
 * one that is required; attributes of extensions come beside them by URN.
 */
export const policyAttributes = [
  { name: 'user_name', path: 'userName' },
  { name: 'emails', path: 'emails' },
  { name: 'display_name', path: 'displayName' },
  { name: 'title', path: 'title' },
  { name: 'nick_name', path: 'nickName' },
  { name: 'external_id', path: 'externalId' },
  { name: 'phone_numbers', path: 'phoneNumbers' },
  { name: 'addresses', path: 'addresses' },
  { name: 'ims', path: 'ims' },
  { name: 'photos', path: 'photos' },
  { name: 'locale', path: 'locale' },
  { name: 'preferred_language', path: 'preferredLanguage' },
  { name: 'profile_url', path: 'profileUrl' },
  { name: 'timezone', path: 'timezone' },
  { name: 'user_type', path: 'userType' },
  { name: 'formatted_name', path: 'name.formatted' },
  { name: 'family_name', path: 'name.familyName' },
  { name: 'given_name', path: 'name.givenName' },
  { name: 'middle_name', path: 'name.middleName' },
] as const satisfies readonly PolicyAttribute[];

export type PolicyAttributeName = (typeof policyAttributes)[number]['name'];
