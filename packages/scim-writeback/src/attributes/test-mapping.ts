import { extendResourceType } from '../protocol/schemas/extend-resource-type.ts';
import { readSchema } from '../protocol/schemas/read-schema.ts';
import { ResourceSchema } from '../protocol/schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../protocol/schemas/resource-types.ts';
import type { ResourceType } from '../protocol/schemas/schema.ts';
import { type AttributeMapping, attributeMapping } from './attribute-mapping.ts';

export const enterpriseUrn = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User';
export const customUrn = 'urn:example:params:scim:schemas:extension:custom:2.0:User';

/** A type with an extension of these attributes. */
export function extended(type: ResourceType, attributes: readonly object[], urn = customUrn): ResourceSchema {
  const schema = readSchema({ id: urn, name: 'Custom', attributes });
  return new ResourceSchema(extendResourceType(type, [{ schema, required: false }]));
}

/** Every type that an attribute can have, and secrets. */
export const customAttributes: readonly object[] = [
  { name: 'payGrade', type: 'integer' },
  { name: 'ratio', type: 'decimal' },
  { name: 'hired', type: 'dateTime' },
  { name: 'badge', type: 'binary' },
  { name: 'remote', type: 'boolean' },
  { name: 'page', type: 'reference', referenceTypes: ['external'] },
  { name: 'skills', multiValued: true },
  { name: 'floors', type: 'integer', multiValued: true },
  { name: 'pin', mutability: 'writeOnly' },
  { name: 'token', returned: 'never' },
  { name: 'score', mutability: 'readOnly' },
  {
    name: 'contract',
    type: 'complex',
    subAttributes: [{ name: 'number' }, { name: 'secret', mutability: 'writeOnly' }],
  },
  {
    name: 'cards',
    type: 'complex',
    multiValued: true,
    subAttributes: [{ name: 'value' }, { name: 'pin', returned: 'never' }],
  },
];

export const users: AttributeMapping = attributeMapping(new ResourceSchema(userResourceType));
export const groups: AttributeMapping = attributeMapping(new ResourceSchema(groupResourceType));
export const customUsers: AttributeMapping = attributeMapping(extended(userResourceType, customAttributes));
export const customGroups: AttributeMapping = attributeMapping(extended(groupResourceType, customAttributes));
