import type { Diagnostic } from '@oaa-kit/oaa';
import { canonicalInstant } from '../protocol/filter/canonical-instant.ts';
import { quote } from '../protocol/resource/names.ts';
import { fromTimestamp, toTimestamp } from './timestamp.ts';

/** When a resource was created, as a payload has it. */
export function createdAtOf(created: string | undefined, who: string, diagnostics: Diagnostic[]): string | undefined {
  const timestamp = created === undefined ? undefined : toTimestamp(created);
  if (created !== undefined && timestamp === undefined) reportCreated('$.meta.created', who, diagnostics);
  return timestamp;
}

/** When a local user or group was created, in the form of the directory. */
export function createdOf(createdAt: string | undefined, who: string, diagnostics: Diagnostic[]): string | undefined {
  if (createdAt === undefined) return undefined;
  const dateTime = fromTimestamp(createdAt);
  if (dateTime !== undefined) return canonicalInstant(dateTime);
  reportCreated('$.created_at', who, diagnostics);
  return undefined;
}

function reportCreated(path: string, who: string, diagnostics: Diagnostic[]): void {
  const message = `The time at which ${quote(who)} was created is no date and time of both sides; it is left out.`;
  diagnostics.push({ severity: 'warning', code: 'bad-timestamp', path, message });
}
