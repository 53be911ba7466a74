import { compileResolvedValueFilter } from '../filter/compile-filter.ts';
import { resolveValueFilter } from '../filter/resolve-filter.ts';
import type { Profile } from '../profile.ts';
import { normaliseValue } from '../resource/normalise-value.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { sameValue } from '../values/same-value.ts';
import { describedParts, overlayParts } from './described-parts.ts';
import { mergeParts, type Parts, partsOf } from './merge-parts.ts';
import type { AttributeTarget } from './patch-target.ts';
import { invalidPath } from './patch-target.ts';
import type { Patching } from './patching.ts';
import type { PatchOperation } from './read-patch.ts';
import { mutability, noTarget, refuseImmutable, refuseRequired } from './refusals.ts';
import { unassigns } from './unassigned.ts';

/** Adds, replaces or removes a single-valued attribute or a part of it. RFC 7644 s3.5.2.1 to s3.5.2.3. */
export function writeSingle(
  op: PatchOperation['op'],
  target: AttributeTarget,
  input: unknown,
  patching: Patching,
): void {
  const { attribute, sub, filter } = target;
  const { draft, profile } = patching;
  const before = draft.get(target);
  const base = filter === undefined ? {} : selectSingle(op, target, before, patching);
  if (base === undefined) return;
  const removes = op === 'remove' || (sub === undefined && unassigns(input, attribute, profile));
  if (removes && sub === undefined) {
    if (before === undefined || keepsActive(target, profile)) return;
    if (op === 'remove') refuseRequired(attribute, profile);
    refuseImmutable(attribute);
    refuseImmutablePart(before, attribute.name, attribute.subAttributes ?? []);
    draft.set(target, undefined);
    return;
  }
  const after = nextValue(op, target, input, before, base, patching);
  if (sameValue(before, after) || (after === undefined && keepsActive(target, profile))) return;
  if (before !== undefined) refuseImmutable(attribute);
  // Passwords are checked like anything else, and then go no further.
  if (attribute.mutability === 'writeOnly' && attribute.name === 'password' && profile.passwords === 'discard') return;
  draft.set(target, after);
}

/** Whether unassigning `active` changes nothing: whoever was put out must not come in because nothing is said of it. */
function keepsActive({ extension, attribute }: AttributeTarget, { omittedActive }: Profile): boolean {
  const isActive = extension === undefined && attribute.name === 'active' && attribute.type === 'boolean';
  return isActive && omittedActive === 'keep';
}

function nextValue(
  op: PatchOperation['op'],
  { attribute, sub }: AttributeTarget,
  input: unknown,
  before: ScimValue | undefined,
  base: Parts,
  patching: Patching,
): ScimValue | undefined {
  if (attribute.type !== 'complex') {
    return normaliseValue(input, attribute, attribute.name, patching.schema, patching.profile);
  }
  const object = isScimObject(before) ? before : undefined;
  if (op === 'remove' && sub !== undefined) {
    if (object?.[sub.name] === undefined) return object;
    refuseRequired(sub, patching.profile);
    return mergeParts(object, { [sub.name]: null }, attribute, patching);
  }
  const parts = sub === undefined ? partsOf(input, attribute, patching) : { [sub.name]: input };
  return mergeParts(object, overlayParts(base, parts, attribute, patching.schema), attribute, patching);
}

/**
 * For a filter behind a single complex attribute, which is matched as if it were a list of one: the parts to begin with.
 * Undefined where there is nothing to do.
 */
function selectSingle(
  op: PatchOperation['op'],
  target: AttributeTarget,
  before: ScimValue | undefined,
  { schema, profile, work }: Patching,
): Parts | undefined {
  const { attribute, filter } = target;
  if (filter === undefined || attribute.type !== 'complex') {
    throw invalidPath(`${attribute.name} has a single simple value; no filter can stand behind it.`);
  }
  const resolved = resolveValueFilter(filter, { ...target, sub: undefined }, schema, profile);
  work.spend(1);
  if (before !== undefined && compileResolvedValueFilter(resolved)(before)) return {};
  if (op === 'remove') return undefined;
  const unmatched = op === 'add' ? profile.addUnmatched : profile.replaceUnmatched;
  const parts = before === undefined && unmatched === 'create' ? describedParts(filter, attribute) : undefined;
  if (parts === undefined) throw noTarget(attribute);
  return parts;
}

/** RFC 7644 s3.5.2: neither goes what is immutable by the removal of the whole. */
function refuseImmutablePart(
  before: ScimValue,
  name: string,
  subAttributes: NonNullable<AttributeTarget['attribute']['subAttributes']>,
): void {
  if (!isScimObject(before)) return;
  const object: ScimObject = before;
  const kept = subAttributes.find((sub) => sub.mutability === 'immutable' && object[sub.name] !== undefined);
  if (kept !== undefined) throw mutability(`${name}.${kept.name} is immutable; it has a value already.`);
}
