import type { Attribute, ResourceType, Schema } from '../schemas/schema.ts';

/** A schema as `/Schemas` shows it. RFC 7643 s7. */
export interface SchemaDocument {
  readonly schemas: readonly ['urn:ietf:params:scim:schemas:core:2.0:Schema'];
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly attributes: readonly Attribute[];
  readonly meta: { readonly resourceType: 'Schema'; readonly location: string };
}

/**
 * The document of a schema: the attributes that are enforced, each with all its characteristics, without common attributes
 * (RFC 7643 s8.7.1) and without nulls.
 *
 * @param baseUrl public URL of the service, without a slash at the end.
 */
export function schemaDocument(schema: Schema, baseUrl: string): SchemaDocument {
  return {
    schemas: ['urn:ietf:params:scim:schemas:core:2.0:Schema'],
    id: schema.id,
    name: schema.name,
    description: schema.description,
    attributes: schema.attributes.map(publishAttribute),
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${schema.id}` },
  };
}

/** Documents of all schemas of some resource types, each once. */
export function schemaDocuments(types: readonly ResourceType[], baseUrl: string): readonly SchemaDocument[] {
  const schemas = types.flatMap((type) => [type.schema, ...type.extensions.map(({ schema }) => schema)]);
  return [...new Map(schemas.map((schema) => [schema.id, schema])).values()].map((schema) =>
    schemaDocument(schema, baseUrl),
  );
}

/** Only what is published, in the order of RFC 7643 s7. */
function publishAttribute(attribute: Attribute): Attribute {
  const { name, type, multiValued, description, required, canonicalValues, caseExact } = attribute;
  const { mutability, returned, uniqueness, referenceTypes, subAttributes } = attribute;
  return {
    name,
    type,
    ...(subAttributes !== undefined && { subAttributes: subAttributes.map(publishAttribute) }),
    multiValued,
    description,
    required,
    ...(canonicalValues !== undefined && { canonicalValues }),
    caseExact,
    mutability,
    returned,
    uniqueness,
    ...(referenceTypes !== undefined && { referenceTypes }),
  };
}
