import type { DataSourceRecord, ProviderRecord } from '../records.ts';

function typesIn(
  dataSources: readonly DataSourceRecord[],
  read: (payload: DataSourceRecord['payload']) => unknown[],
): string[] {
  const found = dataSources.flatMap(({ payload }) => (payload === undefined ? [] : read(payload)));
  return [...new Set(found.filter((type) => typeof type === 'string'))];
}

function fieldsIn(items: unknown, key: string): unknown[] {
  return Array.isArray(items) ? items.map((item) => (item as Readonly<Record<string, unknown>> | null)?.[key]) : [];
}

/** A provider as the API shows it (reference 2.3.2). The types come from the payloads that its data sources hold. */
export function providerView(
  provider: ProviderRecord,
  dataSources: readonly DataSourceRecord[],
): Record<string, unknown> {
  return {
    id: provider.id,
    external_id: provider.id,
    name: provider.name,
    custom_template: provider.templates[0],
    custom_templates: provider.templates,
    state: provider.deletedAt === undefined ? 'ENABLED' : 'DELETING',
    application_types: typesIn(dataSources, (payload) => fieldsIn(payload?.applications, 'application_type')),
    idp_types: typesIn(dataSources, (payload) => [payload?.idp_type]),
    hris_types: typesIn(dataSources, (payload) => [payload?.hris_type]),
    file_system_types: typesIn(dataSources, (payload) => [payload?.file_system_type]),
    principal_types: typesIn(dataSources, (payload) => [payload?.principal_type]),
    resource_types: typesIn(dataSources, (payload) =>
      (Array.isArray(payload?.applications) ? payload.applications : []).flatMap((application) =>
        fieldsIn(application?.resources, 'resource_type'),
      ),
    ),
    schema_definition_json: 'e30=',
    provisioning: false,
    push_type: 0,
    rbac_id: provider.id,
    team_id: '',
    internal_app_name: '',
    configuration_json: '',
    data_plane_id: '',
    lifecycle_management_state: 0,
    ...provider.settings,
  };
}
