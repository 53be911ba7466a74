/** A page of resources. RFC 7644 s3.4.2, RFC 9865 s2. */
export interface ListPage<Resource> {
  readonly resources: readonly Resource[];
  /** Of the whole list. */
  readonly totalResults: number;
  /** Counted from 1; not in pages that a cursor led to. */
  readonly startIndex?: number | undefined;
  readonly nextCursor?: string | undefined;
  readonly previousCursor?: string | undefined;
}

/** The body of a list, with nothing but what RFC 7644 s3.4.2 and RFC 9865 s2 name: clients refuse further members. */
export interface ListResponse<Resource> {
  readonly schemas: readonly [typeof listResponseUrn];
  readonly totalResults: number;
  readonly startIndex?: number;
  /** Number of resources in this page. RFC 7644 s3.4.2.4. */
  readonly itemsPerPage: number;
  readonly nextCursor?: string;
  readonly previousCursor?: string;
  readonly Resources: readonly Resource[];
}

export const listResponseUrn = 'urn:ietf:params:scim:api:messages:2.0:ListResponse';

/** The body that answers a list or a query; an empty list is one as well. */
export function listResponse<Resource>(page: ListPage<Resource>): ListResponse<Resource> {
  const { resources, totalResults, startIndex, nextCursor, previousCursor } = page;
  return {
    schemas: [listResponseUrn],
    totalResults,
    ...(startIndex !== undefined && { startIndex }),
    itemsPerPage: resources.length,
    ...(nextCursor !== undefined && { nextCursor }),
    ...(previousCursor !== undefined && { previousCursor }),
    Resources: resources,
  };
}
