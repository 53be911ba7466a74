import { ScimError } from '../errors/scim-error.ts';
import type { Profile } from '../profile.ts';
import { splitAttributePath } from '../schemas/attribute-path.ts';
import type { ResolvedPath, ResourceSchema } from '../schemas/resource-schema.ts';

/** The order of a list. Within it, resources that are equal are in the order of their ids. */
export interface Sort {
  /** Down to an attribute that is not complex; undefined: only by id. */
  readonly path: ResolvedPath | undefined;
  readonly descending: boolean;
}

/** The parameters as they come. */
export interface SortParameters {
  readonly sortBy?: string | undefined;
  readonly sortOrder?: string | undefined;
}

/**
 * Reads `sortBy` and `sortOrder` (RFC 7644 s3.4.2.3). A complex attribute stands for its `value`.
 *
 * @throws ScimError 400 `invalidValue` for another order than ascending and descending, for a complex attribute without
 * `value`, for one that is never returned, and for an unknown one where the profile rejects these in filters.
 */
export function readSort({ sortBy, sortOrder }: SortParameters, schema: ResourceSchema, profile: Profile): Sort {
  const order = (sortOrder ?? '').toLowerCase();
  if (order !== '' && order !== 'ascending' && order !== 'descending') {
    throw new ScimError(400, 'invalidValue', 'sortOrder has to be ascending or descending.');
  }
  const descending = order === 'descending';
  if (sortBy === undefined || sortBy.trim() === '') return { path: undefined, descending: false };
  const path = schema.resolve(splitAttributePath(sortBy.trim()));
  if (path === undefined) {
    if (profile.unknownFilterAttributes === 'absent') return { path: undefined, descending: false };
    throw new ScimError(400, 'invalidValue', 'sortBy names an attribute that resources of this type do not have.');
  }
  return { path: simplePath(path, schema), descending };
}

function simplePath(path: ResolvedPath, schema: ResourceSchema): ResolvedPath {
  const { attribute } = path;
  const sub = path.sub ?? schema.subAttribute(attribute, 'value');
  if (attribute.type === 'complex' && sub === undefined) {
    throw new ScimError(400, 'invalidValue', `sortBy has to name a sub-attribute of ${attribute.name}.`);
  }
  const secret = [attribute, sub].some((one) => one?.returned === 'never' || one?.mutability === 'writeOnly');
  // RFC 7644 s7.5.2: the order of answers would tell what the values are.
  if (secret) throw new ScimError(400, 'invalidValue', 'sortBy names an attribute that is never returned.');
  return { ...path, sub };
}
