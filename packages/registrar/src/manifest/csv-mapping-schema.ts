import { z } from 'zod';

/** Whether a field may be missing: in an environment everything may, and `null` takes out what the provider has. */
export interface Layer {
  readonly required: <Schema extends z.ZodType>(schema: Schema) => Schema;
  readonly optional: <Schema extends z.ZodType>(schema: Schema) => z.ZodOptional<Schema>;
}

/**
 * How the tenant reads CSV files of a provider (reference 2.8.2). Keys beside these go out as they are: the reference
 * knows this object from a client only, not from the tenant.
 */
export function csvMappingSchema({ required, optional }: Layer) {
  const text = z.string().min(1);
  const column = z.looseObject({
    column_name: text.describe('The name of the column in the header row.'),
    destination_type: text.describe('What the column belongs to: a user, a group, a role ...'),
    destination_property: text.optional().describe('The property that takes the value.'),
    custom_property: z
      .looseObject({
        name: text.describe('The name of the custom property.'),
        type: z.union([z.int(), text], 'is a number or a text').describe('Its type, as the tenant writes it.'),
        lcm_unique_identifier: z.boolean().optional().describe('Lifecycle management finds people by it.'),
      })
      .optional()
      .describe('A custom property that takes the value.'),
    as_list: z.boolean().optional().describe('The cell holds a list.'),
  });
  const application = z.looseObject({
    application_name: required(text).describe('The name of the application.'),
    application_type: required(text).describe('The type of the application.'),
    identity: optional(z.array(text)).describe('Columns that hold identities.'),
    resource_type: optional(z.string()).describe('The type of resources.'),
  });
  const idp = z.looseObject({
    idp_type: required(text).describe('The type of the identity provider.'),
    domain: required(text).describe('Its domain.'),
  });
  const hris = z.looseObject({
    hris_name: required(text).describe('The name of the HR system.'),
    hris_type: required(text).describe('The type of the HR system.'),
    hris_url: optional(z.string()).describe('Where people open it.'),
    hris_identity_mapping: optional(z.record(z.string(), z.unknown())).describe('How its people are found elsewhere.'),
    hris_provisioning_source: optional(z.boolean()).describe('Lifecycle management takes people from it.'),
  });
  return z.looseObject({
    template_type: required(text).describe('The payload template that rows become.'),
    column_mappings: required(
      z.array(column).min(1, 'needs at least one column (CSV upload: at least one column mapped for each entity type)'),
    ).describe('What each column is for.'),
    application: optional(application).describe('For the payload template application.'),
    idp: optional(idp).describe('For the payload template identity_provider.'),
    hris: optional(hris).describe('For the payload template hris.'),
    advanced: optional(
      z.looseObject({ list_delimiter: z.string().optional().describe('What stands between values.') }),
    ).describe('More.'),
  });
}
