import type { DocumentPath } from '@oaa-kit/oaa/settings';
import { knownWireFields, scimKeys } from '../manifest-schema.ts';
import { readOnlyFields } from '../tenant-fields.ts';
import type { Part } from './part.ts';

const configurationField = 'configuration_json';

function checkConfiguration(value: unknown, { manifest, report }: Part): void {
  const path: DocumentPath = ['options', configurationField];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    report.error('option-known', path, 'must be an object, whose keys are added to those of configuration');
    return;
  }
  const isScim = manifest.external_lifecycle_management_type === 'SCIM';
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(manifest.configuration ?? {}, key) && !(isScim && scimKeys.includes(key))) continue;
    report.error('option-known', [...path, key], 'is a key of configuration: write it there');
  }
}

/** What is passed through must not be something that the manifest says itself. */
export function checkOptions(part: Part): void {
  const { manifest, report } = part;
  for (const [key, value] of Object.entries(manifest.options ?? {})) {
    const own = Object.hasOwn(knownWireFields, key) ? knownWireFields[key] : undefined;
    if (own !== undefined) {
      report.error('option-known', ['options', key], `is known here: write it as ${own}, outside of options`);
    } else if (readOnlyFields.includes(key))
      report.error('option-known', ['options', key], 'is written by the tenant alone');
    else if (key === configurationField) checkConfiguration(value, part);
  }
}
