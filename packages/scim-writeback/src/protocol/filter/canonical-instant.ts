import { isDigitAt, readDigits } from './read-digits.ts';

/**
 * The instant of an xsd:dateTime, in UTC and without trailing zeros of the fraction: `2011-05-13T04:42:34.5`. Two of them
 * are the same instant when they are the same text, and stand in the order of time when they stand in the order of code
 * points, so that a database can compare them as they are. Fractions keep all their digits. A dateTime without an offset
 * is taken as UTC.
 *
 * Undefined where the text is no date and time, or names an instant outside the years 0 to 9999. RFC 7643 s2.3.5.
 *
 * @example canonicalInstant('2011-05-13T06:42:34.500+02:00') // '2011-05-13T04:42:34.5'
 */
export function canonicalInstant(text: string): string | undefined {
  const date = readCalendarDate(text);
  const minuteOfDay = readMinuteOfDay(text, 11);
  const second = text[16] === ':' ? readDigits(text, 17, 2) : undefined;
  if (date === undefined || text[10] !== 'T' || minuteOfDay === undefined || second === undefined) return undefined;
  const fractionEnd = endOfFraction(text);
  const fraction = withoutTrailingZeros(text.slice(20, fractionEnd));
  const offsetMinutes = readOffsetMinutes(text.slice(fractionEnd));
  const endOfDay = minuteOfDay === 24 * 60 && second === 0 && fraction === '';
  if (second > 59 || (minuteOfDay >= 24 * 60 && !endOfDay)) return undefined;
  if (fractionEnd === 20 || offsetMinutes === undefined) return undefined;
  const seconds = (minuteOfDay - offsetMinutes) * 60 + second;
  const whole = new Date(date + seconds * 1000).toISOString();
  // Years beyond four digits are written with a sign, which would break the order.
  if (whole.length !== 24) return undefined;
  return fraction === '' ? whole.slice(0, 19) : `${whole.slice(0, 19)}.${fraction}`;
}

/** `YYYY-MM-DD` at the start of the text, as milliseconds since 1970 of its midnight in UTC. */
function readCalendarDate(text: string): number | undefined {
  const [year, month, day] = [readDigits(text, 0, 4), readDigits(text, 5, 2), readDigits(text, 8, 2)];
  if (year === undefined || month === undefined || day === undefined) return undefined;
  if (text[4] !== '-' || text[7] !== '-' || month < 1 || month > 12) return undefined;
  if (day < 1 || day > daysOfMonth(year, month)) return undefined;
  return Date.parse(`${text.slice(0, 10)}T00:00:00Z`);
}

function daysOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** `HH:MM` at an offset; hours of the day are not bounded here. */
function readMinuteOfDay(text: string, offset: number): number | undefined {
  const [hours, minutes] = [readDigits(text, offset, 2), readDigits(text, offset + 3, 2)];
  if (hours === undefined || minutes === undefined || text[offset + 2] !== ':' || minutes > 59) return undefined;
  return hours * 60 + minutes;
}

/** Where the fraction behind the seconds ends: 19 without one, 20 for a dot without digits. */
function endOfFraction(text: string): number {
  if (text[19] !== '.') return 19;
  let end = 20;
  while (isDigitAt(text, end)) end++;
  return end;
}

function withoutTrailingZeros(digits: string): string {
  let end = digits.length;
  while (digits[end - 1] === '0') end--;
  return digits.slice(0, end);
}

/** Minutes east of UTC: nothing, `Z`, `+HH:MM` or `-HH:MM`, at most 14 hours. */
function readOffsetMinutes(text: string): number | undefined {
  if (text === '' || text === 'Z') return 0;
  const minutes = readMinuteOfDay(text, 1);
  if (text.length !== 6 || minutes === undefined || minutes > 14 * 60) return undefined;
  if (text[0] === '+') return minutes;
  return text[0] === '-' ? -minutes : undefined;
}
