import { z } from 'zod';
import { customProperties, definitions, key, tags, nullableText as text } from '../schema-parts.ts';

const flag = z.boolean().nullable().optional();
const references = z.array(z.strictObject({ identity: key })).optional();

/** Kinds of identity providers (reference 1.0.5). */
export const providerTypes = [
  'active_directory',
  'any',
  'azure_ad',
  'custom',
  'google_workspace',
  'okta',
  'one_login',
] as const;

const shared = {
  name: key,
  identity: text,
  full_name: text,
  groups: references,
  // Sources disagree on the form of this list; see reference doubt 6.
  assumed_role_arns: z.unknown().optional(),
  source_identity: z
    .strictObject({ identity: key, provider_type: z.enum(providerTypes) })
    .nullable()
    .optional(),
  app_assignments: z
    .array(z.strictObject({ id: key, name: z.string(), app_id: key, custom_properties: customProperties }))
    .optional(),
  entities_owned: z.unknown().optional(),
  tags,
  custom_properties: customProperties,
  operation: text,
};

/** The shape of the identity provider template, as far as it is known (reference 1.2). */
export const identityProviderSchema = z.strictObject({
  custom_property_definition: z
    .strictObject({
      domain_properties: definitions.optional(),
      user_properties: definitions.optional(),
      group_properties: definitions.optional(),
      app_properties: definitions.optional(),
      app_assignment_properties: definitions.optional(),
    })
    .optional(),
  name: key,
  idp_type: key,
  domains: z.array(z.strictObject({ name: key, tags, custom_properties: customProperties, operation: text })),
  users: z
    .array(
      z.strictObject({
        ...shared,
        email: text,
        department: text,
        is_active: flag,
        is_guest: flag,
        manager_id: text,
        identity_type: z.enum(['HUMAN', 'NONHUMAN']).optional(),
      }),
    )
    .optional(),
  groups: z.array(z.strictObject({ ...shared, is_security_group: flag })).optional(),
  apps: z
    .array(
      z.strictObject({
        id: key,
        name: key,
        description: text,
        assumed_role_arns: z.unknown().optional(),
        custom_properties: customProperties,
        tags,
        operation: text,
      }),
    )
    .optional(),
  identity_mapping_configuration: z.unknown().optional(),
  incremental_change: z.boolean().optional(),
});
