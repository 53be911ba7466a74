import { createHash } from 'node:crypto';
import type { ScimObject, ScimValue } from '../../../protocol/schemas/scim-value.ts';
import { sameValue } from '../../../protocol/values/same-value.ts';
import type { ResourceKind } from '../../directory.ts';

/** What tx2 writes, as it is kept with the intent. Only what changes: the rest may be changed by a base meanwhile. */
export interface KeptEffect {
  readonly type: 'create' | 'update' | 'delete';
  /** The organization's revision when the intent was opened. */
  readonly openedAfter: number;
  readonly attributes: AttributeDelta;
  readonly membersAdded: readonly KeptMember[];
  readonly membersRemoved: readonly string[];
  /** What the intent has taken of unique values, and gives back when it is refused. */
  readonly reserved: readonly UniqueValue[];
}

export interface KeptMember {
  readonly id: string;
  readonly kind: ResourceKind;
  /** Whether it was a resource of the organization: then it has to be there still. */
  readonly known: boolean;
}

/** A row of `unique_values`, without its organization. */
export interface UniqueValue {
  readonly kind: ResourceKind;
  readonly attribute: string;
  readonly value: string;
  readonly id: string;
}

/** Attributes (extensions by their URN) with what they become; null: gone. */
export type AttributeDelta = Readonly<Record<string, ScimValue | null>>;

/** What differs between two states of a resource. */
export function attributeDelta(before: ScimObject, after: ScimObject): AttributeDelta {
  const delta: Record<string, ScimValue | null> = Object.create(null);
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const value = Object.hasOwn(after, name) ? after[name] : undefined;
    if (!sameValue(Object.hasOwn(before, name) ? before[name] : undefined, value)) delta[name] = value ?? null;
  }
  return delta;
}

/** A state of a resource after the change. */
export function applyAttributeDelta(before: ScimObject, delta: AttributeDelta): ScimObject {
  const after: Record<string, ScimValue> = Object.assign(Object.create(null), before);
  for (const [name, value] of Object.entries(delta)) {
    if (value === null) delete after[name];
    else after[name] = value;
  }
  return after;
}

/**
 * The same for requests of one credential that come to the same: whoever repeats a request whose end is not known gets the
 * outcome of the first.
 */
export function digestOf(
  actor: string,
  resource: { readonly kind: ResourceKind; readonly id: string | undefined },
  effect: Pick<KeptEffect, 'type' | 'attributes'> & {
    readonly added: readonly string[];
    readonly removed: readonly string[];
  },
): string {
  const { type, attributes, added, removed } = effect;
  const names = Object.keys(attributes).sort();
  const parts = [
    actor,
    type,
    resource.kind,
    resource.id ?? null,
    names.map((name) => [name, attributes[name]]),
    added.toSorted(),
    removed.toSorted(),
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
