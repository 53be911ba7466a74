import type { ResolvedPath } from '../protocol/schemas/resource-schema.ts';
import { isScimObject, ownMember, type ScimObject, type ScimValue } from '../protocol/schemas/scim-value.ts';

/** A resource that is being made; null-prototype objects, so that no name reaches what all objects share. */
export type Draft = Record<string, ScimValue>;

/** Of what may not be there at all. */
export function own(container: ScimObject | undefined, name: string): ScimValue | undefined {
  return container && ownMember(container, name);
}

/** The value at a path of a resource. */
export function valueAt(resource: ScimObject, { extension, attribute, sub }: ResolvedPath): ScimValue | undefined {
  const container = extension === undefined ? resource : objectOf(own(resource, extension.id));
  const value = own(container, attribute.name);
  return sub === undefined ? value : own(objectOf(value), sub.name);
}

/** Sets the value at a path of a resource that is being made. */
export function setValueAt(resource: Draft, { extension, attribute, sub }: ResolvedPath, value: ScimValue): void {
  const container = extension === undefined ? resource : within(resource, extension.id);
  if (sub === undefined) container[attribute.name] = value;
  else within(container, attribute.name)[sub.name] = value;
}

/** The object of that name, which belongs to the draft as well. */
function within(container: Draft, name: string): Draft {
  const there = own(container, name);
  if (isScimObject(there)) return there as Draft;
  const made: Draft = Object.create(null);
  container[name] = made;
  return made;
}

/** A resource with another value at a path, or with none; what is left empty goes (RFC 7643 s2.5). */
export function withValueAt(
  resource: ScimObject,
  { extension, attribute, sub }: ResolvedPath,
  value: ScimValue | undefined,
): ScimObject {
  const names = [
    ...(extension === undefined ? [] : [extension.id]),
    attribute.name,
    ...(sub === undefined ? [] : [sub.name]),
  ];
  return withValue(resource, names, value) ?? Object.create(null);
}

function withValue(
  container: ScimObject | undefined,
  names: readonly string[],
  value: ScimValue | undefined,
): ScimObject | undefined {
  const [name = '', ...rest] = names;
  const copy: Draft = Object.assign(Object.create(null), container);
  const inner = rest.length === 0 ? value : withValue(objectOf(own(copy, name)), rest, value);
  if (inner === undefined) delete copy[name];
  else copy[name] = inner;
  return Object.keys(copy).length === 0 ? undefined : copy;
}

function objectOf(value: ScimValue | undefined): ScimObject | undefined {
  return isScimObject(value) ? value : undefined;
}
