import type { Attribute } from './schema.ts';

/** What has to be said of an attribute; the rest has defaults. */
export type AttributeDefinition = Pick<Attribute, 'name' | 'description'> & Partial<Attribute>;

/** An attribute with the defaults of characteristics that are not stated. RFC 7643 s2.2. */
export function attribute(definition: AttributeDefinition): Attribute {
  return {
    type: 'string',
    multiValued: false,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...definition,
  };
}
