import { ScimError } from '../errors/scim-error.ts';
import { countTerms } from '../filter/count-terms.ts';
import type { Filter } from '../filter/filter.ts';
import { resolveValueFilter } from '../filter/resolve-filter.ts';
import { normaliseElement } from '../resource/normalise-value.ts';
import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, type ScimObject } from '../schemas/scim-value.ts';
import { describedParts, overlayParts } from './described-parts.ts';
import { equalTexts } from './equal-texts.ts';
import { mergeParts, partsOf } from './merge-parts.ts';
import { type AttributeTarget, invalidPath } from './patch-target.ts';
import type { Patching } from './patching.ts';
import type { Place } from './place.ts';
import type { PatchOperation } from './read-patch.ts';
import { mutability, noTarget } from './refusals.ts';
import { unassigns } from './unassigned.ts';
import { subNamed } from './value-text.ts';

/** Whether an attribute lists the members of a group: values that are their id, which never changes. RFC 7643 s4.2, s8.7.1. */
export function listsMembers({ extension, attribute }: Place): boolean {
  const value = subNamed(attribute, 'value');
  const isMembers = extension === undefined && attribute.name === 'members' && attribute.multiValued;
  return isMembers && value?.mutability === 'immutable' && value.caseExact;
}

/**
 * Notes what an operation does to members. It never looks at the list of members: whether somebody is one already makes no
 * difference to what is to be done. A member is added or removed; the parts of a member follow from its id.
 */
export function writeMembers(
  op: PatchOperation['op'],
  target: AttributeTarget,
  input: unknown,
  patching: Patching,
): void {
  const { attribute, filter, sub } = target;
  const { draft, profile } = patching;
  const { members } = draft;
  if (sub !== undefined) {
    if (filter === undefined) throw invalidPath(`${attribute.name} has many values; ${sub.name} is of each of them.`);
    throw mutability(`${attribute.name}.${sub.name} is immutable; add and remove members as a whole.`);
  }
  if (filter !== undefined) {
    if (op === 'remove' || (op === 'replace' && unassigns(input, attribute, profile))) {
      removeMatching(filter, target, patching);
    } else if (!unassigns(input, attribute, profile)) addDescribed(op, filter, target, input, patching);
    return;
  }
  if (op === 'remove') {
    if (input === undefined || profile.removeWithValue === 'all') members.clear();
    else for (const member of readListed(input, attribute, patching)) members.remove(idOf(member, attribute));
    return;
  }
  const named = readListed(input, attribute, patching);
  if (op === 'replace') members.clear();
  for (const member of named) members.add(idOf(member, attribute), member);
}

function removeMatching(filter: Filter, target: AttributeTarget, { schema, profile, draft, work }: Patching): void {
  const resolved = resolveValueFilter(filter, { ...target, sub: undefined }, schema, profile);
  const equal = equalTexts(resolved);
  // RFC 7644 s3.5.2.2: whoever is not a member is not missed.
  if (equal?.complete) {
    for (const id of equal.texts) draft.members.remove(id);
    return;
  }
  if (equal === undefined) work.testMembers(countTerms(resolved));
  draft.members.removeMatching(resolved);
}

/** `members[value eq "a"]` with a value about that member makes it one; it cannot make it another. */
function addDescribed(
  op: PatchOperation['op'],
  filter: Filter,
  target: AttributeTarget,
  input: unknown,
  patching: Patching,
): void {
  const { attribute } = target;
  const { profile, schema, draft } = patching;
  resolveValueFilter(filter, { ...target, sub: undefined }, schema, profile);
  const described = describedParts(filter, attribute);
  const id = described?.value;
  const unmatched = op === 'add' ? profile.addUnmatched : profile.replaceUnmatched;
  if (described === undefined || typeof id !== 'string' || unmatched === 'noTarget') throw noTarget(attribute);
  const parts = overlayParts(described, partsOf(input, attribute, patching), attribute, schema);
  const member = mergeParts(undefined, parts, attribute, patching);
  if (member === undefined || idOf(member, attribute) !== id) {
    throw mutability(`${attribute.name}.value is immutable; remove the member and add the other one.`);
  }
  draft.members.add(id, member);
}

/**
 * The members that a value lists. A value that is there and empty lists nobody: an empty list in Go is sent as null, and a
 * `remove` with it must not empty the group.
 */
function readListed(input: unknown, attribute: Attribute, patching: Patching): readonly ScimObject[] {
  return unassigns(input, attribute, patching.profile) ? [] : readMembers(input, attribute, patching);
}

/** Unlike in other lists, an element that says nothing is refused: it was meant to be somebody. */
function readMembers(input: unknown, attribute: Attribute, { schema, profile }: Patching): readonly ScimObject[] {
  if (!Array.isArray(input) && profile.looseShapes === 'reject') {
    throw new ScimError(400, 'invalidValue', `${attribute.name} takes a list.`);
  }
  return (Array.isArray(input) ? input : [input]).map((element: unknown) => {
    const member = normaliseElement(element, attribute, attribute.name, schema, profile);
    if (isScimObject(member)) return member;
    throw withoutId(attribute);
  });
}

function idOf(member: ScimObject, attribute: Attribute): string {
  if (typeof member.value === 'string') return member.value;
  throw withoutId(attribute);
}

function withoutId(attribute: Attribute): ScimError {
  return new ScimError(400, 'invalidValue', `Each of ${attribute.name} has to have a "value", the id of the member.`);
}
