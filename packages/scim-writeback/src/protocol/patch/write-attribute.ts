import { isScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { sameValue } from '../values/same-value.ts';
import type { AttributeTarget } from './patch-target.ts';
import type { Patching } from './patching.ts';
import type { PatchOperation } from './read-patch.ts';
import { mutability } from './refusals.ts';
import { writeMany } from './write-many.ts';
import { listsMembers, writeMembers } from './write-members.ts';
import { writeSingle } from './write-single.ts';

/** Applies an operation to one attribute. */
export function writeAttribute(
  op: PatchOperation['op'],
  target: AttributeTarget,
  input: unknown,
  patching: Patching,
): void {
  const { attribute, sub } = target;
  const isReadOnly = attribute.mutability === 'readOnly' || sub?.mutability === 'readOnly';
  if (isReadOnly) passReadOnly(op, target, input, patching);
  else if (listsMembers(target)) writeMembers(op, target, input, patching);
  else if (attribute.multiValued) writeMany(op, target, input, patching);
  else writeSingle(op, target, input, patching);
}

/** RFC 7644 s3.5.2: what the service sets cannot be changed; setting it to what it is changes nothing (Okta sends `id`). */
function passReadOnly(op: PatchOperation['op'], target: AttributeTarget, input: unknown, { draft }: Patching): void {
  const { attribute, sub, filter } = target;
  const whole = draft.get(target);
  const current = sub === undefined || !isScimObject(whole) ? whole : whole[sub.name];
  const same = op !== 'remove' && filter === undefined && (sub === undefined || !attribute.multiValued);
  if (same && current !== undefined && sameValue(current, input as ScimValue)) return;
  throw mutability(
    `${sub === undefined ? attribute.name : `${attribute.name}.${sub.name}`} is set by the service only.`,
  );
}
