import type { WireGroup, WireUser } from '@oaa-kit/oaa';
import type { AttributeMapping } from '../attributes/attribute-mapping.ts';
import { overlayGroup, overlayUser } from '../attributes/overlay.ts';
import type { ResourceKind } from '../directory/directory.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';

/**
 * Resources that are published exactly as their rows of the base are, as long as they have the versions that they had when the
 * base was accepted: most of them, for most of the time. Nobody has to read what such a resource says.
 */
export interface AsExtracted {
  /** `mappingText` of the mapping by which that was found out. */
  readonly mapping: string;
  /** For each of `local_users`, in their order, the version of its resource. Null: it has to be read. */
  readonly users: readonly (number | null)[];
  /** The same for `local_groups`. */
  readonly groups: readonly (number | null)[];
}

/** All of a mapping that decides how resources are published. */
export function mappingText(mapping: Readonly<Record<ResourceKind, AttributeMapping>>): string {
  const of = (kind: ResourceKind) => mapping[kind].properties.map(({ name, path, type }) => [name, path, type]);
  return JSON.stringify([of('User'), of('Group')]);
}

/**
 * Whether a row of a base is published as it is when the directory says this of its resource; then with every mapping, too,
 * that has some of the properties only.
 */
export function isAsExtracted(
  kind: ResourceKind,
  row: WireUser | WireGroup,
  attributes: ScimObject,
  mapping: AttributeMapping,
): boolean {
  const { published, diagnostics } =
    kind === 'User' ? userOf(row, attributes, mapping) : groupOf(row, attributes, mapping);
  return diagnostics.length === 0 && hasSameMembers(row, published);
}

function userOf(row: WireUser, attributes: ScimObject, mapping: AttributeMapping) {
  const { user, diagnostics } = overlayUser(row, { attributes }, mapping);
  return { published: user, diagnostics };
}

function groupOf(row: WireGroup, attributes: ScimObject, mapping: AttributeMapping) {
  const { group, diagnostics } = overlayGroup(row, { attributes }, mapping);
  return { published: group, diagnostics };
}

/** An overlay that changes nothing of a member leaves the very same value. */
function hasSameMembers(one: object, other: object): boolean {
  const names = Object.keys(one);
  return (
    names.length === Object.keys(other).length &&
    names.every((name) => Object.hasOwn(other, name) && memberOf(one, name) === memberOf(other, name))
  );
}

function memberOf(container: object, name: string): unknown {
  return (container as Readonly<Record<string, unknown>>)[name];
}
