import { templates } from '@oaa-kit/oaa';
import { z } from 'zod';
import { nameProblem } from '../names.ts';

const name = z.string().superRefine((text, context) => {
  const problem = nameProblem(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

const template = z.enum(templates, {
  error: ({ input }) => `Unknown template (${String(input)}); known are ${templates.join(', ')}`,
});

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}

const columnMapping = z.strictObject({
  column_name: z.string().min(1),
  destination_type: z.string(),
  destination_property: z.string().optional(),
  custom_property: z
    .strictObject({
      name: z.string(),
      type: z.union([z.int(), z.string()]),
      lcm_unique_identifier: z.boolean().optional(),
    })
    .optional(),
  as_list: z.boolean().optional(),
});

/** How the tenant reads CSV files of a provider (reference 2.8.2). */
export const csvMapping = z.strictObject({
  template_type: z.string(),
  column_mappings: z.array(columnMapping).min(1),
  application: z
    .strictObject({
      application_name: z.string(),
      application_type: z.string(),
      identity: z.array(z.string()).optional(),
      resource_type: z.string().optional(),
    })
    .optional(),
  idp: z.strictObject({ idp_type: z.string(), domain: z.string() }).optional(),
  hris: z
    .strictObject({
      hris_name: z.string(),
      hris_type: z.string(),
      hris_url: z.string().optional(),
      hris_identity_mapping: z.looseObject({}).optional(),
      hris_provisioning_source: z.boolean().optional(),
    })
    .optional(),
  advanced: z.strictObject({ list_delimiter: z.string().optional() }).optional(),
});

const settings = {
  provisioning: z.boolean().optional(),
  push_type: z.int().optional(),
  internal_app_name: z.string().optional(),
  configuration_json: z.string().refine(isJsonObject, 'Must be a JSON object, written as a string').optional(),
  data_plane_id: z.string().optional(),
  csv_mapping_configuration: csvMapping.optional(),
  secret_references: z.array(z.strictObject({ secret_id: z.string(), vault_id: z.string() })).optional(),
  external_lifecycle_management_type: z.string().min(1).optional(),
};

/** Body of a provider's creation (reference 2.3.1). */
export const newProviderBody = z
  .strictObject({
    name,
    custom_template: template.optional(),
    custom_templates: z.array(template).min(1).optional(),
    ...settings,
  })
  .superRefine((body, context) => {
    if (body.custom_template !== undefined && body.custom_templates !== undefined) {
      const message = 'Give either custom_template or custom_templates, not both';
      context.addIssue({ code: 'custom', path: ['custom_templates'], message });
    }
    if (body.custom_template === undefined && body.custom_templates === undefined) {
      context.addIssue({ code: 'custom', path: ['custom_template'], message: 'Required field is missing' });
    }
  });

/** Body of a provider's change: any of the settings, or another name. Templates are fixed at creation. */
export const providerChangesBody = z.strictObject({ id: z.string().optional(), name: name.optional(), ...settings });

/** Body of a data source's creation. */
export const newDataSourceBody = z.strictObject({
  id: z.string().optional(),
  name,
  custom_template: template.optional(),
});
