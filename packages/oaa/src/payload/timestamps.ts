/** A moment: a `Date`, or an RFC 3339 text with `Z` or an offset, which is written as given. */
export type Timestamp = string | Date;

const rfc3339 =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])[Tt]([01]\d|2[0-3]):([0-5]\d):([0-5]\d|60)(?:\.\d{1,9})?(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/;

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Whether `text` is a date-time of RFC 3339 s5.6 that exists in the calendar. */
export function isTimestamp(text: string): boolean {
  if (!rfc3339.test(text)) return false;
  const day = Number(text.slice(8, 10));
  return day <= 28 || day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
}

/** A timestamp as it stands on the wire; undefined for an invalid `Date`, one beyond the year 9999, or a text that is not RFC 3339. */
export function wireTimestamp(timestamp: Timestamp): string | undefined {
  if (typeof timestamp === 'string') return isTimestamp(timestamp) ? timestamp : undefined;
  if (Number.isNaN(timestamp.getTime())) return undefined;
  // RFC 3339 has four digits for the year; a Date reaches further.
  const text = timestamp.toISOString();
  return isTimestamp(text) ? text : undefined;
}
