import type { ResolvedPath } from '../../protocol/schemas/resource-schema.ts';
import type { ScimObject } from '../../protocol/schemas/scim-value.ts';
import { sortValue } from '../../protocol/sort/compare-resources.ts';
import { compareCodePoints } from '../../protocol/text/compare-code-points.ts';
import { foldCase } from '../../protocol/text/fold-case.ts';
import { compareInstants, type Instant, parseDateTime } from '../../protocol/values/date-time.ts';

/** The place of a resource in an order, without the resource. */
export interface SortKey {
  readonly id: string;
  /** Prepared for comparing: folded unless caseExact, read where it is a time. */
  readonly value: string | number | Instant | undefined;
}

/** The key of a resource for `compareSortKeys`, which orders keys as `compareResources` orders the resources. */
export function sortKey(resource: ScimObject, id: string, path: ResolvedPath): SortKey {
  const { type, caseExact } = path.sub ?? path.attribute;
  const value = sortValue(resource, path);
  if (typeof value === 'number' || typeof value === 'boolean') return { id, value: Number(value) };
  if (typeof value !== 'string') return { id, value: undefined };
  if (type === 'dateTime') return { id, value: parseDateTime(value) };
  return { id, value: caseExact ? value : foldCase(value) };
}

/** Negative, zero or positive as `left` comes before, with or after `right`. Only keys of one path can be compared. */
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
