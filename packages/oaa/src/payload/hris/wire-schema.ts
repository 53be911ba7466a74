import { z } from 'zod';
import { providerTypes } from '../identity-provider/wire-schema.ts';
import { customProperties, definitions, key, nullableText as text } from '../schema-parts.ts';

const reference = z.strictObject({ id: key });

/** The shape of the HRIS template, as far as it is known (reference 1.3). */
export const hrisSchema = z.strictObject({
  name: key,
  hris_type: key,
  custom_property_definition: z
    .strictObject({
      system_properties: definitions.optional(),
      employee_properties: definitions.optional(),
      group_properties: definitions.optional(),
    })
    .optional(),
  system: z.strictObject({
    id: key,
    name: key,
    url: text,
    idp_providers: z.array(z.enum(providerTypes)).optional(),
    custom_properties: customProperties,
  }),
  employees: z.array(
    z.strictObject({
      id: key,
      name: key,
      employee_number: key,
      first_name: key,
      last_name: key,
      employment_status: key,
      is_active: z.boolean(),
      company: text,
      preferred_name: text,
      display_full_name: text,
      canonical_name: text,
      username: text,
      email: text,
      personal_email: text,
      home_location: text,
      work_location: text,
      job_title: text,
      primary_time_zone: text,
      idp_id: text,
      start_date: text,
      termination_date: text,
      employment_types: z.array(z.string()).optional(),
      managers: z.array(reference).optional(),
      groups: z.array(reference).optional(),
      department: reference.nullable().optional(),
      cost_center: reference.nullable().optional(),
      custom_properties: customProperties,
    }),
  ),
  groups: z
    .array(z.strictObject({ id: key, name: key, group_type: text, custom_properties: customProperties }))
    .optional(),
});
