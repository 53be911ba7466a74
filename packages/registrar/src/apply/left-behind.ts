import type { CheckedEndpoint } from './check-endpoints.ts';

/** What checks made at endpoints and could not take away again, a sentence for each endpoint: who reads it deletes that. */
export async function leftBehindNotes(checks: readonly CheckedEndpoint[]): Promise<readonly string[]> {
  const leaving = checks.filter(({ report }) => report.leftBehind.length > 0);
  if (leaving.length === 0) return [];
  // As the check itself, loaded where there was one.
  const { describeLeftBehind } = await import('@oaa-kit/scim-writeback/check');
  return leaving.map(({ provider, report: { url, leftBehind } }) => {
    const names = leftBehind.map(describeLeftBehind).join(', ');
    return `The check of the SCIM endpoint of ${provider} could not delete what it made. Delete at ${url} by hand: ${names}.`;
  });
}
