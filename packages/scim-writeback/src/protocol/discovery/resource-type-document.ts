import type { ResourceType } from '../schemas/schema.ts';

/** A resource type as `/ResourceTypes` shows it. RFC 7643 s6. */
export interface ResourceTypeDocument {
  readonly schemas: readonly ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'];
  readonly id: string;
  readonly name: string;
  readonly endpoint: string;
  readonly description: string;
  readonly schema: string;
  readonly schemaExtensions: readonly { readonly schema: string; readonly required: boolean }[];
  readonly meta: { readonly resourceType: 'ResourceType'; readonly location: string };
}

/**
 * The document of a resource type.
 *
 * @param baseUrl public URL of the service, without a slash at the end.
 */
export function resourceTypeDocument(type: ResourceType, baseUrl: string): ResourceTypeDocument {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:ResourceType'],
    id: type.id,
    name: type.name,
    endpoint: type.endpoint,
    description: type.description,
    schema: type.schema.id,
    schemaExtensions: type.extensions.map(({ schema, required }) => ({ schema: schema.id, required })),
    meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${type.id}` },
  };
}
