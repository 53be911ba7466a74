import { extendResourceType } from '../schemas/extend-resource-type.ts';
import { readSchema } from '../schemas/read-schema.ts';
import { ResourceSchema } from '../schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../schemas/resource-types.ts';

export const customUrn = 'urn:example:params:scim:schemas:extension:custom:2.0:User';

/** An extension with every type, mutability and returned, as a customer would write it. */
export const customSchema = readSchema({
  id: customUrn,
  name: 'Custom',
  attributes: [
    { name: 'payGrade', type: 'integer' },
    { name: 'ratio', type: 'decimal' },
    { name: 'hired', type: 'dateTime' },
    { name: 'badge', type: 'binary', caseExact: true },
    { name: 'remote', type: 'boolean' },
    { name: 'page', type: 'reference', referenceTypes: ['external'] },
    { name: 'tags', multiValued: true },
    { name: 'code', mutability: 'immutable', caseExact: true },
    { name: 'score', type: 'integer', mutability: 'readOnly' },
    { name: 'pin', mutability: 'writeOnly' },
    { name: 'notes', returned: 'request' },
    { name: 'grade', returned: 'always' },
    { name: 'vault', type: 'complex', mutability: 'writeOnly', subAttributes: [{ name: 'key' }] },
    { name: 'review', type: 'complex', returned: 'request', subAttributes: [{ name: 'note' }, { name: 'by' }] },
    {
      name: 'contract',
      type: 'complex',
      subAttributes: [
        { name: 'number', mutability: 'immutable', required: true },
        { name: 'until', type: 'dateTime' },
        { name: 'state', mutability: 'readOnly' },
        { name: 'secret', mutability: 'writeOnly' },
        { name: 'remark', returned: 'request' },
      ],
    },
  ],
});

export const users = new ResourceSchema(userResourceType);
export const groups = new ResourceSchema(groupResourceType);
export const customUsers = new ResourceSchema(
  extendResourceType(userResourceType, [{ schema: customSchema, required: false }]),
);
export const strictlyCustomUsers = new ResourceSchema(
  extendResourceType(userResourceType, [{ schema: customSchema, required: true }]),
);
