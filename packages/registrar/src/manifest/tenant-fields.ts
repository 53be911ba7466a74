/** Fields of a provider that the tenant's own work and pushes change (reference 2.3.2). */
export const tenantFields = [
  'state',
  'application_types',
  'idp_types',
  'file_system_types',
  'hris_types',
  'principal_types',
  'resource_types',
  'schema_definition_json',
  'lifecycle_management_state',
] as const;

/** Fields of a provider that the tenant alone writes: no request may have them. */
export const readOnlyFields: readonly string[] = ['id', 'external_id', ...tenantFields];
