import { didYouMean } from '@oaa-kit/oaa';
import { scimKeys } from '../manifest-schema.ts';
import { templatesOf } from './check-templates.ts';
import { type Part, source } from './part.ts';

const type = 'external_lifecycle_management_type';
const knownTypes = ['SCIM', 'SEND_REST_PAYLOAD'];
/** On these, provisioning alone means something: their people are the source of lifecycle management (reference 2.3.1). */
const identitySources = ['hris', 'identity_provider'];

function checkScim({ manifest, report }: Part): void {
  const { provisioning, configuration } = manifest;
  if (provisioning === undefined) {
    report.error(
      'scim-needs-provisioning',
      [type],
      `is SCIM and needs provisioning: true (${source.fields}: provisioning)`,
    );
  }
  if (provisioning === false) {
    report.warning(
      'provisioning-off',
      ['provisioning'],
      'is false: the tenant provisions nothing through SCIM until it is true',
    );
  }
  const templates = templatesOf(manifest);
  if (templates.length > 0 && !templates.includes('application')) {
    const instead = templates.some((template) => identitySources.includes(template))
      ? '; a source of identities has provisioning: true and no such type'
      : '';
    report.error(
      'scim-needs-application',
      [type],
      `is SCIM and needs custom_template: application${instead} (${source.fields}: custom_template)`,
    );
  }
  if (configuration === undefined) {
    report.error(
      'scim-needs-configuration',
      [type],
      `is SCIM and needs a configuration with scim_url and a credential (${source.fields}: configuration_json)`,
    );
  }
}

function checkRestPayload({ manifest, report }: Part): void {
  if (manifest.data_plane_id === undefined) {
    const message = `is SEND_REST_PAYLOAD without data_plane_id: requests go through no Insight Point (${source.restPayload})`;
    report.warning('rest-payload-without-data-plane', [type], message);
  }
  if (!templatesOf(manifest).includes('application')) {
    report.error(
      'rest-payload-needs-application',
      [type],
      `is SEND_REST_PAYLOAD and needs custom_template: application (${source.restPayload})`,
    );
  }
}

/** A way that is not known here; false when it is a known one that was misspelt. */
function checkOther({ report }: Part, lifecycleType: string): boolean {
  const meant = didYouMean(lifecycleType, knownTypes);
  const shown = `is ${JSON.stringify(lifecycleType)}`;
  if (meant !== '') report.error('lifecycle-type-unknown', [type], `${shown}.${meant}`);
  else report.warning('lifecycle-type-unknown', [type], `${shown}, which is not known here: it is sent as it is`);
  return meant === '';
}

function checkWithoutType({ manifest, report }: Part): void {
  const { configuration, provisioning } = manifest;
  if (configuration !== undefined) {
    const message = `stands without ${type}, for example: ${type}: SCIM (${source.fields}: ${type})`;
    report.error('configuration-needs-type', ['configuration'], message);
  } else if (provisioning === true && !templatesOf(manifest).some((template) => identitySources.includes(template))) {
    const message = `is true without ${type}: it does something on its own for ${identitySources.join(' and ')} only`;
    report.warning('provisioning-without-type', ['provisioning'], message);
  }
}

/** Keys of the tenant's SCIM client mean nothing to others. */
function refuseScimKeys({ manifest, report }: Part): void {
  for (const key of Object.keys(manifest.configuration ?? {}).filter((one) => scimKeys.includes(one))) {
    const message = `is for ${type}: SCIM only (${source.configuration}: ${key})`;
    report.error('scim-key-elsewhere', ['configuration', key], message);
  }
}

/** Which fields go with which way of lifecycle management. */
export function checkLifecycle(part: Part): void {
  const { external_lifecycle_management_type: lifecycleType } = part.manifest;
  if (lifecycleType === undefined) checkWithoutType(part);
  else if (lifecycleType === 'SCIM') checkScim(part);
  else if (lifecycleType === 'SEND_REST_PAYLOAD') {
    checkRestPayload(part);
    refuseScimKeys(part);
  } else if (checkOther(part, lifecycleType)) refuseScimKeys(part);
}
