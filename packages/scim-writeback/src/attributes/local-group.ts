import type { Diagnostic, WireGroup } from '@oaa-kit/oaa';
import { withSchemas } from '../protocol/resource/complete-resource.ts';
import type { AttributeMapping } from './attribute-mapping.ts';
import { createdAtOf, createdOf } from './created.ts';
import { setCustomProperties, toCustomProperties } from './custom-properties.ts';
import type { ResourceState } from './local-user.ts';
import { nameOf } from './name-of.ts';
import { storable } from './storable.ts';

/** What SCIM can say of a local group of a payload. */
export type LocalGroupFacts = Pick<WireGroup, 'name' | 'created_at' | 'custom_properties'>;

/**
 * A SCIM group as a local group of a payload: `displayName` as name, the time of its creation as created_at, `externalId`
 * and the attributes of extensions as custom properties. Id, members and grants are elsewhere, as for users.
 *
 * @returns diagnostics as `toLocalUser` has them.
 */
export function toLocalGroup(
  { attributes, created }: ResourceState,
  mapping: AttributeMapping,
): { readonly group: LocalGroupFacts; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const name = nameOf(attributes, 'displayName', diagnostics);
  const createdAt = createdAtOf(created, name, diagnostics);
  const properties = toCustomProperties(attributes, mapping, name, diagnostics);
  const group = {
    name,
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(properties !== undefined && { custom_properties: properties }),
  };
  return { group, diagnostics };
}

/** The SCIM group that a local group of a payload is, for seeding a directory. The inverse of {@link toLocalGroup}. */
export function fromLocalGroup(
  group: WireGroup,
  mapping: AttributeMapping,
): ResourceState & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const resource = storable({ displayName: group.name }, mapping.schema, group.name, diagnostics);
  setCustomProperties(resource, group.custom_properties, mapping, group.name, diagnostics);
  return {
    attributes: withSchemas(resource, mapping.schema),
    created: createdOf(group.created_at, group.name, diagnostics),
    diagnostics,
  };
}
