import { attribute } from './define-attribute.ts';
import { typeAttribute } from './multi-valued.ts';
import type { Schema } from './schema.ts';

/** RFC 7643 s4.2, s8.7.1. */
export const groupSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:core:2.0:Group',
  name: 'Group',
  description: 'A set of users and groups.',
  attributes: [
    // RFC 7643 s4.2 requires it; the JSON of s8.7.1 says otherwise.
    attribute({ name: 'displayName', description: 'Name of the group as it is shown to people.', required: true }),
    attribute({
      name: 'members',
      type: 'complex',
      multiValued: true,
      description: 'Users and groups in the group.',
      subAttributes: [
        attribute({
          name: 'value',
          description: 'Id of the member.',
          // A member without an id is nobody.
          required: true,
          // RFC 7643 s3.1: ids are caseExact, and this is one.
          caseExact: true,
          mutability: 'immutable',
        }),
        attribute({
          name: '$ref',
          type: 'reference',
          referenceTypes: ['User', 'Group'],
          caseExact: true,
          mutability: 'immutable',
          description: 'Where the member can be read.',
        }),
        { ...typeAttribute(['User', 'Group']), mutability: 'immutable' },
        attribute({ name: 'display', description: 'Name of the member.', mutability: 'readOnly' }),
      ],
    }),
  ],
};
