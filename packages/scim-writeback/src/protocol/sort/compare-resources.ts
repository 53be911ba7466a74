import type { ResolvedPath } from '../schemas/resource-schema.ts';
import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { compareCodePoints } from '../text/compare-code-points.ts';
import { foldCase } from '../text/fold-case.ts';
import { compareInstants, parseDateTime } from '../values/date-time.ts';
import type { Sort } from './read-sort.ts';

/** The value that a resource is sorted by: of several the primary one, else the first. RFC 7644 s3.4.2.3. */
export function sortValue(resource: ScimObject, { extension, attribute, sub }: ResolvedPath): ScimValue | undefined {
  const data = extension === undefined ? resource : own(resource, extension.id);
  let value = isScimObject(data) ? own(data, attribute.name) : undefined;
  if (Array.isArray(value)) value = value.find((one) => isScimObject(one) && one.primary === true) ?? value[0];
  if (sub === undefined) return value;
  return isScimObject(value) ? own(value, sub.name) : undefined;
}

/**
 * A comparison for `sort`: strings without regard to case unless the attribute is caseExact, dates by instant; resources
 * without the attribute last, or first when descending (RFC 7644 s3.4.2.3). Equal ones are in the order of their ids, so
 * that pages of the same list agree.
 */
export function compareResources(sort: Sort): (left: ScimObject, right: ScimObject) => number {
  const { path, descending } = sort;
  const byId = (left: ScimObject, right: ScimObject) => compareCodePoints(String(left.id), String(right.id));
  if (path === undefined) return byId;
  const leaf = path.sub ?? path.attribute;
  return (left, right) => {
    const ascending = compareOptional(sortValue(left, path), sortValue(right, path), leaf);
    return (descending ? -ascending : ascending) || byId(left, right);
  };
}

function compareOptional(left: ScimValue | undefined, right: ScimValue | undefined, attribute: Attribute): number {
  if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined);
  return compareValues(left, right, attribute);
}

function compareValues(left: ScimValue, right: ScimValue, { type, caseExact }: Attribute): number {
  if (typeof left !== 'string' || typeof right !== 'string') return Number(left) - Number(right);
  if (type === 'dateTime') {
    const [before, after] = [parseDateTime(left), parseDateTime(right)];
    if (before !== undefined && after !== undefined) return compareInstants(before, after);
  }
  return caseExact ? compareCodePoints(left, right) : compareCodePoints(foldCase(left), foldCase(right));
}

function own(data: ScimObject, name: string): ScimValue | undefined {
  return Object.hasOwn(data, name) ? data[name] : undefined;
}
