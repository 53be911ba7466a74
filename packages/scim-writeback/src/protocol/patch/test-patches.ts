import { ScimError } from '../errors/scim-error.ts';
import { type Profile, standardProfile } from '../profile.ts';
import { normaliseResource } from '../resource/normalise-resource.ts';
import { attribute } from '../schemas/define-attribute.ts';
import { ResourceSchema } from '../schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../schemas/resource-types.ts';
import type { ResourceType } from '../schemas/schema.ts';
import type { ScimObject } from '../schemas/scim-value.ts';
import { applyPatch, type PatchOptions, type PatchOutcome } from './apply-patch.ts';
import { patchOpUrn, readPatch } from './read-patch.ts';

export const coreUser = 'urn:ietf:params:scim:schemas:core:2.0:User';
const coreGroup = 'urn:ietf:params:scim:schemas:core:2.0:Group';
export const enterprise = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const shift = 'urn:example:params:scim:schemas:extension:shift:1.0:User';
export const badge = 'urn:example:params:scim:schemas:extension:badge:1.0:User';

const badgeExtension = {
  schema: {
    id: badge,
    name: 'Badge',
    description: 'An extension with what the standard ones lack.',
    attributes: [
      attribute({ name: 'number', description: 'Given once.', mutability: 'immutable' }),
      attribute({ name: 'approved', description: 'By the service.', type: 'boolean', mutability: 'readOnly' }),
      attribute({ name: 'printed', description: 'When it was made.', type: 'dateTime' }),
      attribute({ name: 'level', description: 'How far it opens doors.', type: 'integer' }),
      attribute({ name: 'zones', description: 'Where it opens doors.', multiValued: true, caseExact: true }),
      attribute({
        name: 'issuer',
        description: 'Who made it.',
        type: 'complex',
        subAttributes: [
          attribute({ name: 'desk', description: 'Where.', required: true }),
          attribute({ name: 'clerk', description: 'By whom; noted once.', mutability: 'immutable' }),
        ],
      }),
    ],
  },
  required: false,
};

const shiftExtension = {
  schema: {
    id: shift,
    name: 'Shift',
    description: 'An extension with lists of uncommon characteristics.',
    attributes: [
      attribute({ name: 'days', description: 'At least one.', multiValued: true, required: true }),
      attribute({ name: 'stamps', description: 'Set once, together.', multiValued: true, mutability: 'immutable' }),
    ],
  },
  required: false,
};

const badgedUserType: ResourceType = {
  ...userResourceType,
  extensions: [...userResourceType.extensions, badgeExtension, shiftExtension],
};

export const userSchema = new ResourceSchema(badgedUserType);
export const groupSchema = new ResourceSchema(groupResourceType);

/** A user as it is stored, frozen all through: to write to it is an error. */
export function user(attributes: Readonly<Record<string, unknown>> = {}): ScimObject {
  return stored({ schemas: [coreUser], userName: 'jane', active: true, ...attributes }, userSchema, 'u1');
}

/** A group as it is stored, frozen all through. */
export function group(
  memberIds: readonly string[] = [],
  attributes: Readonly<Record<string, unknown>> = {},
): ScimObject {
  const members = memberIds.map((value) => ({ value }));
  return stored({ schemas: [coreGroup], displayName: 'Staff', members, ...attributes }, groupSchema, 'g1');
}

function stored(input: unknown, schema: ResourceSchema, id: string): ScimObject {
  const meta = Object.assign(Object.create(null), { resourceType: schema.type.name, version: 'W/"1"' });
  return deepFreeze(
    Object.assign(Object.create(null), normaliseResource(input, schema, standardProfile), { id, meta }),
  );
}

export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null) {
    Object.freeze(value);
    for (const member of Object.values(value)) deepFreeze(member);
  }
  return value;
}

/** A PATCH body with these operations. */
export function patchBody(...operations: readonly unknown[]): unknown {
  return { schemas: [patchOpUrn], Operations: operations };
}

/** Applies operations as they are sent, under the standard profile but for what is said otherwise. */
export function patch(
  resource: ScimObject,
  operations: readonly unknown[],
  profile: Partial<Profile> = {},
  options: PatchOptions = {},
): PatchOutcome {
  const schema = Array.isArray(resource.schemas) && resource.schemas.includes(coreGroup) ? groupSchema : userSchema;
  const body: unknown = deepFreeze(JSON.parse(JSON.stringify(patchBody(...operations))));
  return applyPatch(resource, readPatch(body), schema, { ...standardProfile, ...profile }, options);
}

/** What refuses an action: its status and keyword, as in `400 invalidPath`. */
export function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (error instanceof ScimError) return `${error.status}${error.scimType === undefined ? '' : ` ${error.scimType}`}`;
    throw error;
  }
  return 'accepted';
}

/** The values of one attribute of a patched resource. */
export function valuesOf(resource: ScimObject, name: string): readonly unknown[] {
  const value = resource[name];
  return Array.isArray(value) ? value : [];
}

/** The ids of the members, sorted. */
export function memberIds(resource: ScimObject): readonly string[] {
  return valuesOf(resource, 'members')
    .map((member) => String((member as ScimObject).value))
    .toSorted();
}

export const work = { value: 'w', type: 'work', primary: true };
export const home = { value: 'h', type: 'home' };

/** A user with something of every kind of attribute. */
export const jane = user({
  title: 'Clerk',
  name: { givenName: 'Jane', familyName: 'Doe' },
  emails: [work, home],
  [enterprise]: { department: 'Sales', manager: { value: 'm1' } },
});

/** The RFC to the letter, where it and clients differ. */
export const strict: Partial<Profile> = {
  addUnmatched: 'noTarget',
  replaceUnmatched: 'noTarget',
  removeWithValue: 'all',
  looseShapes: 'reject',
};

/** Jane after the operations. */
export function patchedJane(...operations: readonly unknown[]): ScimObject {
  return patch(jane, operations).resource;
}

/** What refuses an operation on Jane. */
export function refusedForJane(operation: unknown, profile: Partial<Profile> = {}): string {
  return refusal(() => patch(jane, [operation], profile));
}
