import { didYouMean, templates as knownTemplates } from '@oaa-kit/oaa';
import type { DocumentPath } from '@oaa-kit/oaa/settings';
import type { ProviderManifest } from '../manifest-schema.ts';
import type { Part } from './part.ts';

/** A word of one README for a template that has another name (reference 0.3). */
const misnamed: Readonly<Record<string, string>> = { idp: 'identity_provider' };

/** The payload templates of a provider. */
export function templatesOf({ custom_template: one, custom_templates: several }: ProviderManifest): readonly string[] {
  return several ?? (one === undefined ? [] : [one]);
}

function checkTemplate(template: string, path: DocumentPath, { report }: Part): void {
  if ((knownTemplates as readonly string[]).includes(template)) return;
  const meant = Object.hasOwn(misnamed, template)
    ? ` Did you mean "${misnamed[template]}"?`
    : didYouMean(template, knownTemplates);
  const message = `is no payload template that is known: ${knownTemplates.join(', ')}.`;
  if (meant === '') report.warning('template-unknown', path, `${message} It is sent as it is.`);
  else report.error('template-unknown', path, `${message}${meant}`);
}

/** `custom_template` or `custom_templates` (reference 2.3.1). */
export function checkTemplates(part: Part): void {
  const { manifest, report } = part;
  const { custom_template: one, custom_templates: several } = manifest;
  if (one === undefined && several === undefined) {
    report.error('template-missing', [], '"custom_template" is missing, for example: custom_template: application');
  }
  if (one !== undefined && several !== undefined) {
    report.error('template-twice', ['custom_templates'], 'stands beside custom_template: give one of them');
  }
  if (one !== undefined) checkTemplate(one, ['custom_template'], part);
  for (const [index, template] of (several ?? []).entries()) {
    const path = ['custom_templates', index];
    if (several?.indexOf(template) !== index) report.error('template-twice', path, 'is there twice');
    else checkTemplate(template, path, part);
  }
}
