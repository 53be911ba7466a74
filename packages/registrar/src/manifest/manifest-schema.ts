import { templates } from '@oaa-kit/oaa';
import { z } from 'zod';
import { csvMappingSchema, type Layer } from './csv-mapping-schema.ts';

const text = z.string().min(1);
const longestKey = 256;

/** A secret reference. That it is one is checked for all keys of secrets together, with those in open objects. */
const secret = z.string().meta({ pattern: '^(?:env|file|cmd):' });

/** Of one provider; `layer` says what may be left out. */
function providerFields(layer: Layer) {
  const { optional, required } = layer;
  const configuration = z.looseObject({
    scim_url: optional(text).describe('The base URL of the SCIM service, without /Users or /Groups.'),
    scim_token: optional(secret).describe('A reference to the bearer token. This, or username and password.'),
    username: optional(text).describe('The user name for basic authentication: plain, or a reference.'),
    password: optional(secret).describe('A reference to the password for basic authentication.'),
    users_endpoint: optional(text).describe('The path of users below the base URL; Users unless told otherwise.'),
    groups_endpoint: optional(text).describe('The path of groups below the base URL; Groups unless told otherwise.'),
    scim_extension_schemas: optional(z.boolean()).describe(
      'The tenant reads /Schemas, so that extension attributes can be set; false unless told otherwise.',
    ),
    ca_certificate: optional(text).describe('Certificates to trust, as PEM text or file:path.'),
  });
  const dataSource = z.union(
    [
      text.describe('Its name.'),
      z
        .strictObject({
          name: text.describe('Its name.'),
          template: text.optional().describe('Its payload template, on a provider of several.'),
          absent: z
            .boolean()
            .optional()
            .describe('true: it is to be deleted, with the graph data that came through it.'),
        })
        .describe('More:'),
    ],
    'is a name, or more: { name: ..., template: ..., absent: ... }',
  );
  const tenant = z.strictObject({
    url: optional(text).describe('The URL of the tenant. Another tenant that a flag or variable names is refused.'),
    api_key: optional(secret).describe('A reference to the API key.'),
  });
  return {
    name: optional(text).describe('What the provider is called on the tenant.'),
    adopt: optional(z.boolean()).describe('true: a provider of this name that was made elsewhere is taken over.'),
    absent: optional(z.boolean()).describe('true: the provider is to be deleted, with its graph data.'),
    custom_template: optional(text.meta({ examples: [...templates] })).describe('The payload template.'),
    custom_templates: optional(z.array(text.meta({ examples: [...templates] })).min(1)).describe(
      'The payload templates, on a provider of several.',
    ),
    icon: optional(text).describe('A PNG or SVG file of at most 48,000 bytes; its path begins at this file.'),
    provisioning: optional(z.boolean()).describe(
      'Lifecycle management: needed for SCIM; on hris and identity_provider it makes the provider a source of identities.',
    ),
    external_lifecycle_management_type: optional(text.meta({ examples: ['SCIM', 'SEND_REST_PAYLOAD'] })).describe(
      'How lifecycle management reaches the application.',
    ),
    configuration: optional(configuration).describe('How it is reached: what goes out as the text configuration_json.'),
    internal_app_name: optional(z.string()).describe('The name of the system inside.'),
    data_plane_id: optional(text).describe('The data plane, or Insight Point, that requests go through.'),
    push_type: optional(z.union([z.int(), text], 'is a number or a word')).describe('How data comes in; a number.'),
    csv_mapping_configuration: optional(csvMappingSchema(layer)).describe('How CSV files that are pushed are read.'),
    secret_references: optional(
      z.array(
        z.looseObject({
          secret_id: text.describe('The secret in the vault.'),
          vault_id: text.describe('The vault.'),
        }),
      ),
    ).describe('Secrets in a vault of the tenant.'),
    data_sources: optional(z.array(dataSource)).describe('Data sources to have, by name. Others are left alone.'),
    tenant: optional(required(tenant)).describe('The tenant that this is for.'),
    options: optional(z.record(z.string(), z.unknown())).describe(
      'Further fields of the wire as they are, for those that are not known here. Texts such as env:NAME are references.',
    ),
  };
}

const ofProvider: Layer = { required: (schema) => schema, optional: (schema) => schema.optional() };

/** What an environment says is merged before it is read, so that the types of its parts matter to nobody. */
const ofEnvironment: Layer = {
  required: (schema) => schema.nullish() as unknown as typeof schema,
  optional: (schema) => schema.nullish() as unknown as z.ZodOptional<typeof schema>,
};

const fixed = {
  $schema: z.string().optional().describe('Where editors find the JSON Schema.'),
  key: text
    .max(longestKey)
    .optional()
    .describe('What stays the same when the name changes; the name unless told otherwise. State is kept under it.'),
};

/** One provider, after the overrides of an environment are merged in. */
export const providerSchema = z.strictObject({ ...fixed, ...providerFields(ofProvider) });

export type ProviderManifest = z.infer<typeof providerSchema>;

/** One document of a manifest. */
export const manifestSchema = z.strictObject({
  ...fixed,
  ...providerFields(ofProvider),
  environments: z
    .record(
      z.string().min(1),
      z
        .strictObject(providerFields(ofEnvironment))
        .meta({ id: 'environment', description: 'What is different in one environment; null takes a field out.' })
        .nullable(),
    )
    .optional()
    .describe('Overrides by name of the environment: objects are merged, everything else is replaced.'),
});

/** The wire fields that a manifest names itself, and how it writes those that it names otherwise. */
export const knownWireFields: Readonly<Record<string, string>> = {
  name: 'name',
  custom_template: 'custom_template',
  custom_templates: 'custom_templates',
  provisioning: 'provisioning',
  external_lifecycle_management_type: 'external_lifecycle_management_type',
  internal_app_name: 'internal_app_name',
  data_plane_id: 'data_plane_id',
  push_type: 'push_type',
  csv_mapping_configuration: 'csv_mapping_configuration',
  secret_references: 'secret_references',
  icon_base64: 'icon',
};

/** The keys of `configuration` that the tenant's SCIM client knows (Configuration JSON Parameters). */
export const scimKeys: readonly string[] = Object.keys(providerSchema.shape.configuration.unwrap().shape);
