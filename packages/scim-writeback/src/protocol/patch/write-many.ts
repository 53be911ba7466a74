import { ScimError } from '../errors/scim-error.ts';
import { resolveValueFilter } from '../filter/resolve-filter.ts';
import { carryReadOnly } from '../resource/carry-read-only.ts';
import { normaliseValue } from '../resource/normalise-value.ts';
import { isScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { sameValue } from '../values/same-value.ts';
import { describedParts, overlayParts } from './described-parts.ts';
import { mergeParts, type Parts, partsOf } from './merge-parts.ts';
import { type AttributeTarget, invalidPath } from './patch-target.ts';
import type { Patching } from './patching.ts';
import type { PatchOperation } from './read-patch.ts';
import { noTarget, refuseImmutable, refuseRequired } from './refusals.ts';
import { removeListed } from './remove-listed.ts';
import { selectValues } from './select-values.ts';
import { unassigns } from './unassigned.ts';
import type { ValueList } from './value-list.ts';

/** Adds, replaces or removes values of a multi-valued attribute or parts of them. RFC 7644 s3.5.2.1 to s3.5.2.3. */
export function writeMany(op: PatchOperation['op'], target: AttributeTarget, input: unknown, patching: Patching): void {
  const { attribute, filter, sub } = target;
  const before = attribute.mutability === 'immutable' ? patching.draft.get(target) : undefined;
  const list = patching.draft.list(target);
  if (filter !== undefined) writeSelected(op, { ...target, filter }, input, list, patching);
  else if (sub !== undefined) {
    throw invalidPath(
      `${attribute.name} has many values; say which, as in ${attribute.name}[type eq "work"].${sub.name}.`,
    );
  } else if (op === 'remove') removeValues(input, list, patching);
  else {
    const read = normaliseValue(input, attribute, attribute.name, patching.schema, patching.profile);
    const values: readonly ScimValue[] = Array.isArray(read) ? read : [];
    if (op === 'replace') replaceAll(values, list);
    else for (const value of values) addValue(value, list, patching);
  }
  if (op === 'remove' && list.size === 0) refuseRequired(attribute, patching.profile);
  if (before !== undefined && !sameValue(before, patching.draft.get(target))) refuseImmutable(attribute);
}

/** RFC 7644 s3.5.2.1: a value that is there already is not added again; what is new about it is. */
function addValue(value: ScimValue, list: ValueList, patching: Patching): void {
  const position = list.find(value);
  const before = position === undefined ? undefined : list.at(position);
  if (position === undefined || before === undefined) list.append(value);
  else if (isScimObject(before) && isScimObject(value)) update(position, before, value, list, patching);
}

function update(position: number, before: ScimValue, parts: Parts, list: ValueList, patching: Patching): void {
  const after = mergeParts(isScimObject(before) ? before : undefined, parts, list.attribute, patching);
  if (!sameValue(before, after)) list.replace(position, after);
}

function replaceAll(values: readonly ScimValue[], list: ValueList): void {
  const carried = carryReadOnly(values, list.toValues(), list.attribute);
  list.clear();
  for (const value of Array.isArray(carried) ? carried : []) list.append(value);
}

function removeValues(input: unknown, list: ValueList, patching: Patching): void {
  const listed = input !== undefined && input !== null && patching.profile.removeWithValue === 'listed';
  if (listed) removeListed(input, list, patching);
  else list.clear();
}

function writeSelected(
  op: PatchOperation['op'],
  target: AttributeTarget & { readonly filter: NonNullable<AttributeTarget['filter']> },
  input: unknown,
  list: ValueList,
  patching: Patching,
): void {
  const { attribute, filter, sub } = target;
  const { profile, schema, work } = patching;
  const resolved = resolveValueFilter(filter, { ...target, sub: undefined }, schema, profile);
  const positions = selectValues(list, resolved, work);
  if (op === 'remove' || unassigns(input, sub ?? attribute, profile)) {
    // Nothing is added to a value by adding nothing.
    if (op === 'add' && sub === undefined) return;
    removeSelected(op, target, positions, list, patching);
    return;
  }
  if (attribute.type !== 'complex') throw invalidPath(`Values of ${attribute.name} are added and removed as a whole.`);
  const parts = sub === undefined ? partsOf(input, attribute, patching) : { [sub.name]: input };
  refuseManyPrimaries(parts, positions, patching);
  const described = describedParts(filter, attribute);
  if (positions.length === 0) {
    const unmatched = op === 'add' ? profile.addUnmatched : profile.replaceUnmatched;
    if (unmatched === 'noTarget' || described === undefined) throw noTarget(attribute);
    const created = mergeParts(undefined, overlayParts(described, parts, attribute, schema), attribute, patching);
    if (created !== undefined) addValue(created, list, patching);
    return;
  }
  // RFC 7644 s3.5.2.3: all that match are replaced; what they were selected by stays true of them unless said otherwise.
  const replacement =
    op === 'replace' && sub === undefined ? overlayParts(described ?? {}, parts, attribute, schema) : undefined;
  for (const position of positions) {
    const before = list.at(position);
    if (before === undefined) continue;
    if (replacement === undefined) update(position, before, parts, list, patching);
    else replaceValue(position, before, replacement, list, patching);
  }
}

function replaceValue(position: number, before: ScimValue, parts: Parts, list: ValueList, patching: Patching): void {
  const cleared = Object.keys(isScimObject(before) ? before : {}).map((name) => [name, null] as const);
  update(
    position,
    before,
    overlayParts(Object.fromEntries(cleared), parts, list.attribute, patching.schema),
    list,
    patching,
  );
}

function removeSelected(
  op: PatchOperation['op'],
  { sub }: AttributeTarget,
  positions: readonly number[],
  list: ValueList,
  patching: Patching,
): void {
  for (const position of positions) {
    const value = list.at(position);
    if (sub === undefined) list.replace(position, undefined);
    else if (isScimObject(value) && value[sub.name] !== undefined) {
      if (op === 'remove') refuseRequired(sub, patching.profile);
      update(position, value, { [sub.name]: null }, list, patching);
    }
  }
}

/** RFC 7643 s2.4: primary is true for one value at most. */
function refuseManyPrimaries(parts: Parts, positions: readonly number[], { profile }: Patching): void {
  const value = Object.entries(parts).find(([name]) => name.toLowerCase() === 'primary')?.[1];
  const isTrue = value === true || (typeof value === 'string' && value.toLowerCase() === 'true');
  if (!isTrue || positions.length < 2 || profile.manyPrimaries === 'first') return;
  throw new ScimError(400, 'invalidValue', 'Only one value can be primary; the filter matches several.');
}
