import { attribute } from '../schemas/define-attribute.ts';
import { enterpriseUserSchema } from '../schemas/enterprise-user-schema.ts';
import { ResourceSchema } from '../schemas/resource-schema.ts';
import { groupResourceType, userResourceType } from '../schemas/resource-types.ts';
import type { Schema } from '../schemas/schema.ts';
import { userSchema } from '../schemas/user-schema.ts';

export const badgeUrn = 'urn:example:schemas:badge:1.5:User';

/** An extension with every type and trait that the schemas of the RFC lack. */
const badgeSchema: Schema = {
  id: badgeUrn,
  name: 'Badge',
  description: 'A badge.',
  attributes: [
    attribute({ name: 'level', type: 'integer', description: 'How far it opens.' }),
    attribute({ name: 'score', type: 'decimal', description: 'How well it is used.' }),
    attribute({ name: 'usedAt', type: 'dateTime', description: 'When it was used.' }),
    attribute({ name: 'visits', type: 'dateTime', multiValued: true, description: 'All uses.' }),
    attribute({ name: 'tags', multiValued: true, description: 'Labels.' }),
    attribute({ name: 'code', caseExact: true, description: 'Printed on it.' }),
    attribute({ name: 'chip', type: 'binary', caseExact: true, description: 'Bytes of the chip.' }),
    attribute({ name: 'pin', returned: 'never', mutability: 'writeOnly', description: 'Secret.' }),
    attribute({
      name: 'keys',
      type: 'complex',
      multiValued: true,
      description: 'Keys.',
      subAttributes: [
        attribute({ name: 'value', returned: 'never', description: 'Secret.' }),
        attribute({ name: 'label', description: 'Label.' }),
        attribute({ name: 'lost', type: 'boolean', description: 'Whether it is lost.' }),
      ],
    }),
  ],
};

export const users = new ResourceSchema({
  ...userResourceType,
  schema: userSchema,
  extensions: [
    { schema: enterpriseUserSchema, required: false },
    { schema: badgeSchema, required: false },
  ],
});

export const groups = new ResourceSchema(groupResourceType);
