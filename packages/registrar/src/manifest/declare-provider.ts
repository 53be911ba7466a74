import type { DeclaredProvider, JsonRecord, ScimConnection } from './declared-provider.ts';
import type { ProviderManifest } from './manifest-schema.ts';
import { readCertificates, readIcon } from './read-side-files.ts';
import { checkAbsence } from './rules/check-absence.ts';
import { checkCsvMapping } from './rules/check-csv-mapping.ts';
import { declareDataSources } from './rules/check-data-sources.ts';
import { checkIdentity } from './rules/check-identity.ts';
import { checkLifecycle } from './rules/check-lifecycle.ts';
import { checkOptions } from './rules/check-options.ts';
import { checkScimConfiguration } from './rules/check-scim-configuration.ts';
import { checkTemplates, templatesOf } from './rules/check-templates.ts';
import type { Part } from './rules/part.ts';
import { splitSecrets } from './split-secrets.ts';

/** The wire fields that go out as they are written, but for references under keys of secrets. */
const plainFields = [
  'provisioning',
  'external_lifecycle_management_type',
  'internal_app_name',
  'data_plane_id',
  'push_type',
  'csv_mapping_configuration',
  'secret_references',
] as const;
/** Keys of `configuration` that are never references: a certificate has been read from its file already. */
const plainScimKeys = ['scim_url', 'users_endpoint', 'groups_endpoint', 'ca_certificate'];
const configurationField = 'configuration_json';

function head({ manifest, document }: Part): Pick<DeclaredProvider, 'key' | 'name' | 'place' | 'adopt' | 'absent'> {
  const { key, name = key ?? '', adopt = false, absent = false } = manifest;
  return { key: key ?? name, name, place: { file: document.file, ...document.positionOf([]) }, adopt, absent };
}

function connection(
  { external_lifecycle_management_type: type }: ProviderManifest,
  configuration: JsonRecord | undefined,
): ScimConnection | undefined {
  if (type !== 'SCIM' || configuration === undefined) return undefined;
  const text = (key: string): string | undefined => {
    const value = Object.hasOwn(configuration, key) ? configuration[key] : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  return {
    url: text('scim_url') ?? '',
    usersEndpoint: text('users_endpoint'),
    groupsEndpoint: text('groups_endpoint'),
    extensionSchemas: configuration.scim_extension_schemas === true,
    caCertificate: text('ca_certificate'),
    username: text('username'),
  };
}

/** What goes out as `configuration_json`: `configuration`, and what is passed through for it. */
async function configurationOf(part: Part): Promise<ReturnType<typeof splitSecrets> | undefined> {
  const { manifest, document, report, folder } = part;
  const isScim = manifest.external_lifecycle_management_type === 'SCIM';
  const pem = await readCertificates(part);
  const options = manifest.options?.[configurationField];
  const passed = typeof options === 'object' && options !== null && !Array.isArray(options) ? options : undefined;
  if (manifest.configuration === undefined && passed === undefined) return undefined;
  const own = { ...manifest.configuration, ...(pem === undefined ? {} : { ca_certificate: pem }) };
  const wire = [configurationField];
  const plain = isScim ? plainScimKeys : [];
  const left = splitSecrets(own, { wire, path: ['configuration'], document, folder, report, plain });
  const right = splitSecrets({ ...passed }, { wire, path: ['options', configurationField], document, folder, report });
  return { value: { ...left.value, ...right.value }, secrets: [...left.secrets, ...right.secrets] };
}

/** Checks a provider against every rule, and gives what it declares; only right when the report has no errors. */
export async function declareProvider(part: Part): Promise<DeclaredProvider> {
  const { manifest, document, report, folder } = part;
  checkIdentity(part);
  checkAbsence(part);
  if (manifest.absent === true) {
    const nothing = { templates: [], fields: {}, configuration: undefined, scim: undefined, secrets: [] };
    return { ...head(part), ...nothing, icon: undefined, dataSources: [] };
  }
  checkTemplates(part);
  checkLifecycle(part);
  checkScimConfiguration(part);
  checkCsvMapping(part);
  checkOptions(part);
  const { [configurationField]: _, ...passed } = manifest.options ?? {};
  const options = splitSecrets(passed, { wire: [], path: ['options'], document, folder, report });
  const configuration = await configurationOf(part);
  const written = plainFields.flatMap((key) => (manifest[key] === undefined ? [] : [[key, manifest[key]] as const]));
  const fields = splitSecrets(Object.fromEntries(written), {
    wire: [],
    path: [],
    document,
    folder,
    report,
    plain: ['secret_references'],
    secretKeysOnly: true,
  });
  return {
    ...head(part),
    templates: templatesOf(manifest),
    fields: { ...fields.value, ...options.value },
    configuration: configuration?.value,
    scim: connection(manifest, configuration?.value),
    secrets: [...(configuration?.secrets ?? []), ...fields.secrets, ...options.secrets],
    icon: await readIcon(part),
    dataSources: declareDataSources(part),
  };
}
