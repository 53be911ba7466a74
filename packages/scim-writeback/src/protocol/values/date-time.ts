/** A point in time as exact as it was written. */
export interface Instant {
  /** Whole seconds since 1970-01-01T00:00:00Z. */
  readonly epochSeconds: number;
  /** Digits of the fraction of a second, without zeros at the end. */
  readonly fraction: string;
}

const form = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d):(\d\d)(?:[.](\d+))?(Z|[+-]\d\d:\d\d)?$/;

/**
 * Reads an xsd:dateTime: date and time, any number of fraction digits, with an offset, `Z`, or nothing, which is read as
 * UTC. Undefined for anything else, also for days that do not exist. RFC 7643 s2.3.5.
 */
export function parseDateTime(text: string): Instant | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number);
  const fraction = withoutTrailingZeros(match[7] ?? '');
  const midnight = new Date(0);
  // Date.UTC would take the years 0 to 99 for 1900 to 1999.
  midnight.setUTCFullYear(year, month - 1, day);
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day) return undefined;
  const endOfDay = hour === 24 && minute === 0 && second === 0 && fraction === '';
  if ((hour > 23 && !endOfDay) || minute > 59 || second > 59) return undefined;
  const offsetMinutes = parseOffset(match[8] ?? 'Z');
  if (offsetMinutes === undefined) return undefined;
  const seconds = midnight.getTime() / 1000 + (hour * 60 + minute - offsetMinutes) * 60 + second;
  return { epochSeconds: seconds, fraction };
}

/** Negative, zero or positive as `left` is before, at or after `right`. */
export function compareInstants(left: Instant, right: Instant): number {
  if (left.epochSeconds !== right.epochSeconds) return left.epochSeconds - right.epochSeconds;
  if (left.fraction === right.fraction) return 0;
  return left.fraction < right.fraction ? -1 : 1;
}

function parseOffset(text: string): number | undefined {
  if (text === 'Z') return 0;
  const hours = Number(text.slice(1, 3));
  const minutes = Number(text.slice(4, 6));
  // XML Schema part 2, s3.2.7.3: at most fourteen hours.
  if (minutes > 59 || hours * 60 + minutes > 14 * 60) return undefined;
  return (text.startsWith('-') ? -1 : 1) * (hours * 60 + minutes);
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (end > 0 && digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/**
 * An instant in the form of `canonicalInstant` as answers have it (RFC 7643 s2.3.5): with `Z`, since a client would read a
 * time without a zone as its own; with milliseconds always, since some clients compare times as texts.
 */
export function showInstant(instant: string): string {
  // Nearly all have milliseconds, and there are two in every resource of a page.
  if (instant.length === 'YYYY-MM-DDThh:mm:ss.sss'.length) return `${instant}Z`;
  const [seconds, fraction = ''] = instant.split('.');
  return `${seconds}.${fraction.padEnd(3, '0')}Z`;
}
