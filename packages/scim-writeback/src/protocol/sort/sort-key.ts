import type { ResolvedPath } from '../schemas/resource-schema.ts';
import { isScimObject, ownMember, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { compareCodePoints } from '../text/compare-code-points.ts';
import { foldCase } from '../text/fold-case.ts';
import { compareInstants, type Instant, parseDateTime } from '../values/date-time.ts';

/** The place of a resource in an order, without the resource. */
export interface SortKey {
  readonly id: string;
  /** Prepared for comparing: folded unless caseExact, read where it is a time; undefined where there is none. */
  readonly value: string | number | Instant | undefined;
}

/** The key of a resource in the order by a path, as `readSort` gives it; undefined: only by id. */
export function sortKey(resource: ScimObject, id: string, path: ResolvedPath | undefined): SortKey {
  if (path === undefined) return { id, value: undefined };
  const { type, caseExact } = path.sub ?? path.attribute;
  const value = sortValue(resource, path);
  if (typeof value === 'number' || typeof value === 'boolean') return { id, value: Number(value) };
  if (typeof value !== 'string') return { id, value: undefined };
  if (type === 'dateTime') return { id, value: parseDateTime(value) };
  return { id, value: caseExact ? value : foldCase(value) };
}

/** The value that a resource is sorted by: of several the primary one, else the first. RFC 7644 s3.4.2.3. */
function sortValue(resource: ScimObject, { extension, attribute, sub }: ResolvedPath): ScimValue | undefined {
  const data = extension === undefined ? resource : ownMember(resource, extension.id);
  let value = isScimObject(data) ? ownMember(data, attribute.name) : undefined;
  if (Array.isArray(value)) value = value.find((one) => isScimObject(one) && one.primary === true) ?? value[0];
  if (sub === undefined) return value;
  return isScimObject(value) ? ownMember(value, sub.name) : undefined;
}

/**
 * Negative, zero or positive as `left` comes before, with or after `right`: strings by code point, dates by instant; what
 * is equal in the order of the ids, so that pages of the same list agree. Only keys of one path can be compared.
 */
export function compareSortKeys(left: SortKey, right: SortKey, descending: boolean): number {
  const ascending = compareValues(left.value, right.value);
  return (descending ? -ascending : ascending) || compareCodePoints(left.id, right.id);
}

// RFC 7644 s3.4.2.3: what has no value is last when ascending, first when descending.
function compareValues(left: SortKey['value'], right: SortKey['value']): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  if (typeof left === 'string' && typeof right === 'string') return compareCodePoints(left, right);
  if (typeof left === 'object' && typeof right === 'object') return compareInstants(left, right);
  return Number(left) - Number(right);
}
