import { didYouMean } from '@oaa-kit/oaa';
import type { PositionedDocument } from '@oaa-kit/oaa/settings';
import type { ManifestProblems } from './manifest-problems.ts';
import { environmentsOf } from './merge-environment.ts';

/**
 * Which environment is meant must be clear wherever a document has some: to take the wrong one is to change the wrong
 * tenant. Documents without environments are the same in all.
 *
 * @returns the documents of which it is clear
 */
export function clearInEnvironment<Entry extends { readonly document: PositionedDocument }>(
  entries: readonly Entry[],
  environment: string | undefined,
  problems: ManifestProblems,
): readonly Entry[] {
  const unclear = new Set<Entry>();
  const withSome = entries.filter(({ document }) => environmentsOf(document).length > 0);
  for (const entry of withSome) {
    const { document } = entry;
    const names = environmentsOf(document);
    if (environment !== undefined && names.includes(environment)) continue;
    unclear.add(entry);
    const report = problems.reportFor(document);
    if (environment === undefined) {
      const message = `has ${names.join(', ')}: say which one is meant with --environment`;
      report.error('environment-needed', ['environments'], message);
    } else {
      const known = didYouMean(environment, names) || ` Known here: ${names.join(', ')}.`;
      report.error('environment-unknown', ['environments'], `has no ${JSON.stringify(environment)}.${known}`);
    }
  }
  const [first] = entries;
  if (environment !== undefined && withSome.length === 0 && first !== undefined) {
    const message = `the environment ${JSON.stringify(environment)} was asked for, and no manifest has environments`;
    problems.reportFor(first.document).error('environment-unknown', [], message);
  }
  return entries.filter((entry) => !unclear.has(entry));
}
