import { describeLeftBehind } from '@oaa-kit/scim-writeback/check';
import type { CheckedEndpoint } from './check-endpoints.ts';

/** What checks made at endpoints and could not take away again, a sentence for each endpoint: who reads it deletes that. */
export function leftBehindNotes(checks: readonly CheckedEndpoint[]): readonly string[] {
  return checks
    .filter(({ report }) => report.leftBehind.length > 0)
    .map(({ provider, report: { url, leftBehind } }) => {
      return `The check of the SCIM endpoint of ${provider} could not delete what it made. Delete at ${url} by hand: ${leftBehind.map(describeLeftBehind).join(', ')}.`;
    });
}
