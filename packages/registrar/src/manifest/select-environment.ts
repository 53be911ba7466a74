import { didYouMean } from '@oaa-kit/oaa';
import type { PositionedDocument } from '@oaa-kit/oaa/settings';
import type { ManifestProblems } from './manifest-problems.ts';
import { environmentsOf } from './merge-environment.ts';

/**
 * Which environment is meant must be clear wherever a document has some: to take the wrong one is to change the wrong
 * tenant. Documents without environments are the same in all.
 */
export function checkEnvironment(
  documents: readonly PositionedDocument[],
  environment: string | undefined,
  problems: ManifestProblems,
): void {
  const withSome = documents.filter((document) => environmentsOf(document).length > 0);
  for (const document of withSome) {
    const names = environmentsOf(document);
    const report = problems.reportFor(document);
    if (environment === undefined) {
      const message = `has ${names.join(', ')}: say which one is meant with --environment`;
      report.error('environment-needed', ['environments'], message);
    } else if (!names.includes(environment)) {
      const known = didYouMean(environment, names) || ` Known here: ${names.join(', ')}.`;
      report.error('environment-unknown', ['environments'], `has no ${JSON.stringify(environment)}.${known}`);
    }
  }
  const [first] = documents;
  if (environment !== undefined && withSome.length === 0 && first !== undefined) {
    const message = `the environment ${JSON.stringify(environment)} was asked for, and no manifest has environments`;
    problems.reportFor(first).error('environment-unknown', [], message);
  }
}
