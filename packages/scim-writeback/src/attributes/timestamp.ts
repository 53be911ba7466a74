import { isTimestamp } from '@oaa-kit/oaa';
import { canonicalInstant } from '../protocol/filter/canonical-instant.ts';
import { showInstant } from '../protocol/values/date-time.ts';

/** RFC 3339 has any number of them; payloads are checked for at most nine. */
const mostFractionDigits = 9;

/**
 * An xsd:dateTime (RFC 7643 s2.3.5) as a payload takes it (RFC 3339 s5.6). What is both stays as it is; without a zone it
 * is read as UTC, and digits beyond the nanosecond go. Undefined where it is no date and time.
 */
export function toTimestamp(dateTime: string): string | undefined {
  if (isTimestamp(dateTime)) return dateTime;
  // The form of directories, of which there are many.
  const utc = showInstant(dateTime);
  if (isTimestamp(utc)) return utc;
  const instant = canonicalInstant(dateTime);
  if (instant === undefined) return undefined;
  const [seconds = '', fraction = ''] = instant.split('.');
  return showInstant(fraction === '' ? seconds : `${seconds}.${fraction.slice(0, mostFractionDigits)}`);
}

/**
 * A timestamp of a payload as an xsd:dateTime; undefined for the few that are none: leap seconds, and offsets beyond 14
 * hours.
 */
export function fromTimestamp(timestamp: string): string | undefined {
  const dateTime = timestamp.toUpperCase();
  return isTimestamp(timestamp) && canonicalInstant(dateTime) !== undefined ? dateTime : undefined;
}
