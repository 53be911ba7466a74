import { isScimObject, type ScimObject } from '../../protocol/schemas/scim-value.ts';

/** The parts of a resource that a directory keeps apart. */
export interface SplitResource {
  readonly attributes: ScimObject;
  /** Of a group, each id once. */
  readonly members: readonly ScimObject[];
}

/** Takes the members out of a normalised resource. A member is its id, whatever else was sent of it. */
export function splitMembers(resource: ScimObject): SplitResource {
  const { members, ...attributes } = resource;
  const byId = new Map<string, ScimObject>();
  for (const member of Array.isArray(members) ? members.filter(isScimObject) : []) {
    if (typeof member.value === 'string') byId.set(member.value, member);
  }
  return { attributes: Object.assign(Object.create(null), attributes), members: [...byId.values()] };
}
