import { didYouMean } from '@oaa-kit/oaa';
import type { DocumentPath } from '@oaa-kit/oaa/settings';
import { z } from 'zod';
import { csvMappingSchema } from '../csv-mapping-schema.ts';
import type { Report } from '../manifest-problems.ts';
import { templatesOf } from './check-templates.ts';
import { type Part, source } from './part.ts';

/** The block that belongs to each payload template (reference 2.8.2). */
const blocks = { application: 'application', identity_provider: 'idp', hris: 'hris' } as const;

const schema = csvMappingSchema({ required: (one) => one, optional: (one) => one.optional() });

/** The object schema behind optional fields and lists. */
function objectSchema(part: unknown): z.ZodObject | undefined {
  if (part instanceof z.ZodOptional) return objectSchema(part.unwrap());
  if (part instanceof z.ZodArray) return objectSchema(part.element);
  return part instanceof z.ZodObject ? part : undefined;
}

/** Keys that are not known go out as they are, unless they look like a known one that was misspelt. */
function checkSpelling(value: unknown, at: z.ZodObject, path: DocumentPath, report: Report): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) checkSpelling(item, at, [...path, index], report);
  } else if (typeof value === 'object' && value !== null) {
    const known = Object.keys(at.shape);
    for (const [key, item] of Object.entries(value)) {
      const inner = known.includes(key) ? objectSchema(at.shape[key]) : undefined;
      const meant = known.includes(key) ? '' : didYouMean(key, known);
      if (meant !== '') report.error('unknown-key', [...path, key], `is an unknown key.${meant}`);
      if (inner !== undefined) checkSpelling(item, inner, [...path, key], report);
    }
  }
}

/** How CSV files are read: the block of the payload template is there, and no other one. */
export function checkCsvMapping({ manifest, report }: Part): void {
  const mapping = manifest.csv_mapping_configuration;
  if (mapping === undefined) return;
  const at = 'csv_mapping_configuration';
  checkSpelling(mapping, schema, [at], report);
  const templates = templatesOf(manifest);
  const fitting = Object.entries(blocks).filter(([template]) => templates.includes(template));
  if (templates.length > 0 && fitting.length === 0) {
    const message = `goes with the payload templates ${Object.keys(blocks).join(', ')} only (${source.csv})`;
    report.error('csv-template', [at], message);
    return;
  }
  for (const [template, block] of Object.entries(blocks)) {
    if (mapping[block] === undefined || templates.length === 0 || templates.includes(template)) continue;
    const message = `is for the payload template ${template}, and the provider has ${templates.join(', ')} (${source.csv})`;
    report.error('csv-block', [at, block], message);
  }
  if (fitting.length > 0 && fitting.every(([, block]) => mapping[block] === undefined)) {
    const message = `needs the block ${fitting.map(([, block]) => block).join(' or ')} (${source.csv})`;
    report.error('csv-block', [at], message);
  }
  if (mapping.hris?.hris_provisioning_source === true && manifest.provisioning !== true) {
    const message = 'is true, and provisioning of the provider is not: it is a source of identities with both only';
    report.warning('csv-provisioning', [at, 'hris', 'hris_provisioning_source'], message);
  }
}
