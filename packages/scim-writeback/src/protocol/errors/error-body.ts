import type { ScimError, ScimType } from './scim-error.ts';

export const errorUrn = 'urn:ietf:params:scim:api:messages:2.0:Error';

/** The body of a refusal, with nothing but what RFC 7644 s3.12 names: clients refuse further members. */
export interface ErrorBody {
  readonly schemas: readonly [typeof errorUrn];
  readonly scimType?: ScimType;
  readonly detail: string;
  /** The HTTP status, as a string. */
  readonly status: string;
}

/** The body that tells a client of an error. */
export function errorBody({ status, scimType, detail }: Pick<ScimError, 'status' | 'scimType' | 'detail'>): ErrorBody {
  return { schemas: [errorUrn], ...(scimType !== undefined && { scimType }), detail, status: String(status) };
}
