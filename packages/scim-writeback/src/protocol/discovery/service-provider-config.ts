/** A way to log in to the service. RFC 7643 s5. */
export interface AuthenticationScheme {
  readonly type: 'oauth' | 'oauth2' | 'oauthbearertoken' | 'httpbasic' | 'httpdigest';
  readonly name: string;
  readonly description: string;
  readonly specUri?: string;
  readonly documentationUri?: string;
  readonly primary?: boolean;
}

/** What the service does. Every member is published, also for what is off: clients refuse the document without them. */
export interface ServiceFeatures {
  readonly patch: boolean;
  /** Bounds of bulk requests; where there are none, bulk is off. */
  readonly bulk?: { readonly maxOperations: number; readonly maxPayloadSizeBytes: number };
  /** Where filters are off it is still how many resources an answer has at most. */
  readonly filter: { readonly supported: boolean; readonly maxResults: number };
  readonly changePassword: boolean;
  readonly sort: boolean;
  readonly etag: boolean;
  /** Not published unless it is given. RFC 9865 s4. */
  readonly pagination?: Pagination;
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  /** Where people read about the service. */
  readonly documentationUri?: string;
}

/** RFC 9865 s4. */
export interface Pagination {
  readonly cursor: boolean;
  readonly index: boolean;
  readonly defaultPaginationMethod?: 'cursor' | 'index';
  readonly defaultPageSize?: number;
  readonly maxPageSize?: number;
  /** Seconds. */
  readonly cursorTimeout?: number;
}

interface Supported {
  readonly supported: boolean;
}

/** The document of `/ServiceProviderConfig`. RFC 7643 s5. */
export interface ServiceProviderConfig {
  readonly schemas: readonly ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'];
  readonly documentationUri?: string;
  readonly patch: Supported;
  readonly bulk: Supported & { readonly maxOperations: number; readonly maxPayloadSize: number };
  readonly filter: Supported & { readonly maxResults: number };
  readonly changePassword: Supported;
  readonly sort: Supported;
  readonly etag: Supported;
  readonly pagination?: Pagination;
  readonly authenticationSchemes: readonly AuthenticationScheme[];
  readonly meta: { readonly resourceType: 'ServiceProviderConfig'; readonly location: string };
}

/**
 * The document that tells clients what the service does.
 *
 * @param baseUrl public URL of the service, without a slash at the end.
 */
export function serviceProviderConfig(features: ServiceFeatures, baseUrl: string): ServiceProviderConfig {
  const { bulk, documentationUri, pagination } = features;
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
    ...(documentationUri !== undefined && { documentationUri }),
    patch: { supported: features.patch },
    bulk: {
      supported: bulk !== undefined,
      maxOperations: bulk?.maxOperations ?? 0,
      maxPayloadSize: bulk?.maxPayloadSizeBytes ?? 0,
    },
    filter: features.filter,
    changePassword: { supported: features.changePassword },
    sort: { supported: features.sort },
    etag: { supported: features.etag },
    ...(pagination !== undefined && { pagination }),
    authenticationSchemes: features.authenticationSchemes,
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  };
}
