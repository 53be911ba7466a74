/** A value of an attribute as it is stored. */
export type ScimValue = string | number | boolean | ScimObject | readonly ScimValue[];

/**
 * A resource or a complex value as it is stored: names spelt as in the schema, extensions under their URN, objects
 * without a prototype; no null, no empty list and no empty object, since these are "unassigned" (RFC 7643 s2.5).
 */
export interface ScimObject {
  readonly [name: string]: ScimValue;
}

/** Whether a value is a complex one. */
export function isScimObject(value: ScimValue | undefined): value is ScimObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What an object itself has under a name: never what it inherits, so that no name means more than the data has. */
export function ownMember(object: ScimObject, name: string): ScimValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}
