import { ScimError } from '../errors/scim-error.ts';
import { normaliseElement } from '../resource/normalise-value.ts';
import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, ownMember, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { sameValue } from '../values/same-value.ts';
import type { Patching } from './patching.ts';
import { objectOf } from './scim-objects.ts';
import { subNamed } from './value-text.ts';
import { weightOf } from './weight.ts';

/** What an operation says of sub-attributes, by the name that it was sent under. */
export type Parts = Readonly<Record<string, unknown>>;

/**
 * The parts that the value of an operation on a complex attribute names: of an object, of the only one of a list, or of
 * the bare `value` that Entra ID sends for `manager`.
 *
 * @throws ScimError 400 invalidValue for anything else.
 */
export function partsOf(input: unknown, attribute: Attribute, { profile }: Patching): Parts {
  const loose = profile.looseShapes === 'accept';
  const single: unknown = loose && Array.isArray(input) && input.length === 1 ? input[0] : input;
  if (typeof single === 'object' && single !== null && !Array.isArray(single)) return single as Parts;
  if (loose && typeof single === 'string' && subNamed(attribute, 'value') !== undefined) return { value: single };
  throw new ScimError(400, 'invalidValue', `${attribute.name} takes one object here, with its sub-attributes.`);
}

/**
 * A complex value with the named parts set and the others kept; a part that is null is unassigned. Undefined where nothing
 * is left. RFC 7644 s3.5.2.1, s3.5.2.3.
 *
 * @throws ScimError 400 invalidValue or invalidSyntax for what the attribute does not take, 400 mutability where an
 * immutable part would change.
 */
export function mergeParts(
  before: ScimObject | undefined,
  parts: Parts,
  attribute: Attribute,
  patching: Patching,
): ScimObject | undefined {
  const { schema, profile, work } = patching;
  const names = Object.keys(parts);
  work.spend(weightOf(parts) + weightOf(before) + (attribute.subAttributes?.length ?? 0));
  const merged: Record<string, unknown> = Object.assign(Object.create(null), before);
  const given = new Set<Attribute>();
  for (const name of names) {
    const sub = schema.subAttribute(attribute, name);
    if (sub !== undefined && given.has(sub)) {
      throw new ScimError(
        400,
        'invalidSyntax',
        `${attribute.name}.${sub.name} is given twice; names do not depend on case.`,
      );
    }
    if (sub !== undefined) given.add(sub);
    // What names nothing is for the one who reads the value to judge.
    merged[sub?.name ?? name] = parts[name];
  }
  const read = normaliseElement(merged, attribute, attribute.name, schema, profile);
  const after = keepReadOnly(before, isScimObject(read) ? read : undefined, given, attribute);
  checkImmutableParts(before, after, attribute);
  return after;
}

/**
 * What the service itself added to a value stays, unless the value is about something else now: the `$ref` and the name of
 * another manager would be lies.
 */
function keepReadOnly(
  before: ScimObject | undefined,
  read: ScimObject | undefined,
  given: ReadonlySet<Attribute>,
  attribute: Attribute,
): ScimObject | undefined {
  if (before === undefined || read === undefined) return read;
  const moved = !sameValue(before.value, read.value);
  const kept: (readonly [string, ScimValue])[] = [];
  for (const sub of attribute.subAttributes ?? []) {
    const isReadOnly = sub.mutability === 'readOnly';
    const value = ownMember(isReadOnly ? before : read, sub.name);
    const stale = moved && (isReadOnly || (sub.name === '$ref' && !given.has(sub)));
    if (value !== undefined && !stale) kept.push([sub.name, value]);
  }
  return objectOf(kept);
}

/** RFC 7644 s3.5.2: what is immutable may be set once. */
function checkImmutableParts(
  before: ScimObject | undefined,
  after: ScimObject | undefined,
  attribute: Attribute,
): void {
  if (before === undefined) return;
  for (const sub of attribute.subAttributes ?? []) {
    const value = sub.mutability === 'immutable' ? ownMember(before, sub.name) : undefined;
    if (value !== undefined && !sameValue(value, after && ownMember(after, sub.name))) {
      throw new ScimError(400, 'mutability', `${attribute.name}.${sub.name} is immutable; it has a value already.`);
    }
  }
}
