import { z } from 'zod';
import { canonicalPermissions } from '../canonical-permissions.ts';
import { customProperties, definitions, key, nullableText, tags } from '../schema-parts.ts';

const text = z.string();
const texts = z.array(text).optional();
const flag = z.boolean().optional();
const optionalText = text.optional();
const id = key.optional();

/** Operations of incremental pushes (reference 1.9). */
const incrementalOperations = [
  'add',
  'modify',
  'delete',
  'add_tag',
  'delete_tag',
  'add_resource',
  'delete_resource',
] as const;

const operation = { operation: z.enum(incrementalOperations).optional() };

const attachments = {
  tags,
  custom_properties: customProperties,
  owners: z
    .array(z.strictObject({ external_id: key, owner_type: optionalText, primary: z.boolean().optional() }))
    .optional(),
};

const applicationDefinitions = z.strictObject({
  application_type: key,
  application_properties: definitions.optional(),
  local_user_properties: definitions.optional(),
  local_group_properties: definitions.optional(),
  local_role_properties: definitions.optional(),
  role_assignment_properties: definitions.optional(),
  local_access_creds_properties: definitions.optional(),
  resources: z.array(z.strictObject({ resource_type: key, properties: definitions })).optional(),
});

const user = z.strictObject({
  id,
  name: key,
  email: optionalText,
  identities: texts,
  groups: texts,
  access_creds: texts,
  is_active: flag,
  created_at: optionalText,
  last_login_at: optionalText,
  deactivated_at: optionalText,
  password_last_changed_at: optionalText,
  user_type: z.enum(['human', 'service_account']).optional(),
  ...attachments,
});

const group = z.strictObject({
  id,
  name: key,
  identities: texts,
  created_at: optionalText,
  groups: texts,
  ...attachments,
});

const role = z.strictObject({ id, name: key, permissions: texts, roles: texts, ...attachments });

const accessCredential = z.strictObject({
  id: key,
  name: key,
  is_active: flag,
  can_expire: flag,
  created_at: optionalText,
  expires_at: optionalText,
  last_used_at: optionalText,
  ...attachments,
});

const resource = z.strictObject({
  id,
  name: key,
  resource_type: key,
  description: nullableText,
  connections: z.array(z.strictObject({ id: key, node_type: key })).optional(),
  sub_resources: z.array(z.unknown()).optional(),
  ...attachments,
});

const permission = z.strictObject({
  name: key,
  permission_type: z.array(z.enum(canonicalPermissions)),
  apply_to_sub_resources: flag,
  resource_types: texts,
});

const permissionGrant = z.strictObject({
  application: key,
  permission: key,
  apply_to_application: flag,
  resources: texts,
});

const roleAssignment = z.strictObject({
  application: key,
  role: key,
  apply_to_application: flag,
  resources: texts,
  custom_properties: customProperties,
  ...operation,
});

const list = z.array(z.unknown());

const application = z.strictObject({
  name: key,
  application_type: key,
  description: nullableText,
  local_users: list.optional(),
  local_groups: list.optional(),
  local_roles: list.optional(),
  local_access_creds: list.optional(),
  resources: list.optional(),
  ...attachments,
});

/**
 * The shapes of the application template, one per entity: payloads are checked entity by entity, so that a check needs
 * no second copy of the document.
 */
export const wireSchemas = {
  root: z.strictObject({
    custom_property_definition: z.strictObject({ applications: z.array(applicationDefinitions).optional() }).optional(),
    applications: list,
    permissions: list.optional(),
    identity_to_permissions: list.optional(),
    incremental_change: flag,
  }),
  application: application.extend(operation),
  user: user.extend(operation),
  group: group.extend(operation),
  role: role.extend(operation),
  accessCredential: accessCredential.extend(operation),
  resource: resource.extend(operation),
  permission: permission.extend(operation),
  grants: z.strictObject({
    identity: key,
    identity_type: z.enum(['local_user', 'local_group', 'local_role', 'idp', 'local_access_creds']),
    application_permissions: z.array(permissionGrant.extend(operation)).optional(),
    role_assignments: z.array(roleAssignment).optional(),
    ...operation,
  }),
} as const;

/** The same for incremental pushes, which name of an entity its key and what changes (reference 1.9). */
export const incrementalSchemas = {
  ...wireSchemas,
  application: wireSchemas.application.partial({ application_type: true }),
  user: wireSchemas.user.partial(),
  group: wireSchemas.group.partial(),
  role: wireSchemas.role.partial(),
  accessCredential: wireSchemas.accessCredential.partial(),
  resource: wireSchemas.resource.partial(),
  permission: wireSchemas.permission.partial({ permission_type: true }),
} as const;
