import { ScimError } from '../errors/scim-error.ts';
import type { Profile } from '../profile.ts';
import { completeResource } from '../resource/complete-resource.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import { isScimObject, type ScimObject } from '../schemas/scim-value.ts';
import { sameValue } from '../values/same-value.ts';
import { applyMemberDelta } from './apply-member-delta.ts';
import type { MemberDelta } from './member-delta.ts';
import { readPatchTarget, unknownPath } from './patch-target.ts';
import type { Patching } from './patching.ts';
import type { PatchOperation } from './read-patch.ts';
import { removeExtension } from './remove-extension.ts';
import { ResourceDraft } from './resource-draft.ts';
import { weightOf } from './weight.ts';
import { Work } from './work.ts';
import { writeAttribute } from './write-attribute.ts';
import { writeExtension, writeObject } from './write-object.ts';
import { writeSchemas } from './write-schemas.ts';

/** What a PATCH comes to. */
export interface PatchOutcome {
  /** The very resource that was given where nothing changed. */
  readonly resource: ScimObject;
  /** Whether `resource` differs from the one that was given; says nothing of `memberChanges`. */
  readonly changed: boolean;
  /** With `members: 'elsewhere'`: what to do to the members, where the operations name any. */
  readonly memberChanges: MemberDelta | undefined;
  /** How many values were read, written, compared or tested: at most 64 for each one of the input. */
  readonly steps: number;
}

export interface PatchOptions {
  /**
   * `loaded`: the resource has its members, and they are changed in it. `elsewhere`: they are kept apart, however many they
   * are, and the outcome says what to do to them. RFC 7644 s3.5.2 does not need to know them for any operation.
   */
  readonly members?: 'loaded' | 'elsewhere';
}

/**
 * Applies the operations of a PATCH in order, each to the result of the last: all of them, or none by throwing. The
 * resource that is given is never written to. RFC 7644 s3.5.2.
 *
 * @param resource as it is stored.
 * @throws ScimError 400 with invalidPath, invalidFilter, noTarget, mutability, invalidValue or invalidSyntax as RFC 7644
 * s3.12 has them; 413 where filters would have to test too many values.
 * @example
 * const { resource, changed } = applyPatch(user, readPatch(body), userSchema, standardProfile);
 */
export function applyPatch(
  resource: ScimObject,
  operations: readonly PatchOperation[],
  schema: ResourceSchema,
  profile: Profile,
  { members = 'loaded' }: PatchOptions = {},
): PatchOutcome {
  const weight = weightOf(resource) + weightOf(operations);
  const work = new Work(weight);
  work.spend(weight);
  const draft = new ResourceDraft(resource, schema, profile, work);
  const patching: Patching = { schema, profile, draft, work };
  for (const operation of operations) applyOperation(operation, patching);
  const delta = draft.members.toDelta();
  const patched = draft.toResource();
  const whole = members === 'loaded' ? withMembers(patched, delta, work) : patched;
  const after = completeResource(whole, schema);
  work.spend(weight);
  // RFC 7644 s3.5.2.1: what changes nothing leaves version and time of change as they are.
  const changed = !sameValue(resource, after);
  return {
    resource: changed ? after : resource,
    changed,
    memberChanges: members === 'elsewhere' && delta.length > 0 ? delta : undefined,
    steps: work.steps,
  };
}

function withMembers(resource: ScimObject, delta: MemberDelta, work: Work): ScimObject {
  if (delta.length === 0) return resource;
  const { members, ...others } = resource;
  const list = applyMemberDelta(Array.isArray(members) ? members.filter(isScimObject) : [], delta, work);
  return Object.assign(Object.create(null), others, list.length > 0 && { members: list });
}

function applyOperation({ op, path, value }: PatchOperation, patching: Patching): void {
  const { schema, profile } = patching;
  patching.work.spend(1);
  if (op !== 'remove' && value === undefined) {
    throw new ScimError(400, 'invalidValue', `The operation "${op}" needs a "value"; null unassigns.`);
  }
  const target =
    path === undefined
      ? { kind: 'schema' as const, schema: schema.type.schema }
      : readPatchTarget(path, schema, profile);
  // RFC 7644 s3.5.2, s3.12 table 9.
  if (target === undefined) throw unknownPath();
  if (target.kind === 'attribute') {
    const isSchemas = target.extension === undefined && target.attribute.name === 'schemas';
    (isSchemas ? writeSchemas : writeAttribute)(op, target, value, patching);
  } else if (target.schema !== schema.type.schema) {
    if (op === 'remove') removeExtension(target.schema, patching);
    else writeExtension(op, target.schema, value, patching);
  } else if (op === 'remove') {
    // RFC 7644 s3.5.2.2.
    throw new ScimError(400, 'noTarget', 'The operation "remove" needs a "path": what is to be removed.');
  } else writeObject(op, value, undefined, patching);
}
