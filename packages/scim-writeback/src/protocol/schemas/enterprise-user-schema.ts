import { attribute } from './define-attribute.ts';
import type { Schema } from './schema.ts';

/** RFC 7643 s4.3, s8.7.1. */
export const enterpriseUserSchema: Schema = {
  id: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User',
  name: 'EnterpriseUser',
  description: 'What a company knows about a user.',
  attributes: [
    attribute({ name: 'employeeNumber', description: 'Number of the employee.' }),
    attribute({ name: 'costCenter', description: 'Cost centre.' }),
    attribute({ name: 'organization', description: 'Organization.' }),
    attribute({ name: 'division', description: 'Division.' }),
    attribute({ name: 'department', description: 'Department.' }),
    attribute({
      name: 'manager',
      type: 'complex',
      description: "The user's manager.",
      subAttributes: [
        // RFC 7643 s3.1: ids are caseExact, and this is one.
        attribute({ name: 'value', description: 'Id of the manager.', caseExact: true }),
        attribute({
          name: '$ref',
          type: 'reference',
          referenceTypes: ['User'],
          caseExact: true,
          description: 'Where the manager can be read.',
        }),
        attribute({ name: 'displayName', description: 'Name of the manager.', mutability: 'readOnly' }),
      ],
    }),
  ],
};
