import { didYouMean } from '@oaa-kit/oaa';
import type { DeclaredDataSource } from '../declared-provider.ts';
import { checkNameAt } from './check-identity.ts';
import { templatesOf } from './check-templates.ts';
import type { Part } from './part.ts';

/** The data sources of a provider: each name once, and on a provider of several payload templates each with its own. */
export function declareDataSources({ manifest, report }: Part): readonly DeclaredDataSource[] {
  const templates = templatesOf(manifest);
  const seen = new Set<string>();
  return (manifest.data_sources ?? []).map((entry, index) => {
    const { name, template, absent = false } = typeof entry === 'string' ? { name: entry } : entry;
    const at = ['data_sources', index];
    const path = typeof entry === 'string' ? at : [...at, 'name'];
    if (seen.has(name)) report.error('duplicate-name', path, `names the data source ${JSON.stringify(name)} again`);
    else checkNameAt('data source', name, path, report);
    seen.add(name);
    if (absent && template !== undefined) {
      report.error('absent-with-more', [...at, 'template'], 'stands beside absent: true: take one of them out');
    } else if (template !== undefined && templates.length > 0 && !templates.includes(template)) {
      const message = `is none of the provider's payload templates (${templates.join(', ')}).${didYouMean(template, templates)}`;
      report.error('data-source-template', [...at, 'template'], message);
    } else if (template === undefined && !absent && templates.length > 1) {
      const message = `needs a template: the provider has several (${templates.join(', ')}); write { name: ..., template: ... }`;
      report.error('data-source-template', at, message);
    }
    return { name, ...(template === undefined ? {} : { template }), absent };
  });
}
