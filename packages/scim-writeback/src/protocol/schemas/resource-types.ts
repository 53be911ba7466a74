import { enterpriseUserSchema } from './enterprise-user-schema.ts';
import { groupSchema } from './group-schema.ts';
import type { ResourceType } from './schema.ts';
import { userSchema } from './user-schema.ts';

/** Users with the enterprise extension. RFC 7643 s6. */
export const userResourceType: ResourceType = {
  id: 'User',
  name: 'User',
  endpoint: '/Users',
  description: 'Accounts of people.',
  schema: userSchema,
  extensions: [{ schema: enterpriseUserSchema, required: false }],
};

/** Groups. RFC 7643 s6. */
export const groupResourceType: ResourceType = {
  id: 'Group',
  name: 'Group',
  endpoint: '/Groups',
  description: 'Sets of users and groups.',
  schema: groupSchema,
  extensions: [],
};
