/** A moment in parts, as far as a text gave them. */
export interface DateParts {
  year: number;
  month: number;
  day: number;
  hour: number;
  minute: number;
  second: number;
  /** The digits behind the seconds. */
  fraction: string;
  /** `Z`, or like `+02:00`; empty when the text has none. */
  zone: string;
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function daysInMonth(year: number, month: number): number {
  if (month === 2 && ((year % 4 === 0 && year % 100 !== 0) || year % 400 === 0)) return 29;
  return monthLengths[month - 1] ?? 0;
}

/** Whether the calendar and the clock have this moment. A 60th second is allowed, as in RFC 3339 s5.6. */
export function isMoment(
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  second: number,
): boolean {
  return (
    day >= 1 &&
    day <= daysInMonth(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 60 &&
    year >= 0 &&
    year <= 9999
  );
}

/** 00 to 99: all but the year is written with them. */
const twoDigits = Array.from({ length: 100 }, (_, value) => String(value).padStart(2, '0'));
const two = (value: number): string => twoDigits[value] as string;

/** RFC 3339 text; undefined when there is no such moment. */
export function formatMoment(parts: DateParts, offset: string): string | undefined {
  const { year, month, day, hour, minute, second, fraction, zone } = parts;
  if (!isMoment(year, month, day, hour, minute, second)) return undefined;
  const date = `${two(Math.floor(year / 100))}${two(year % 100)}-${two(month)}-${two(day)}`;
  const tail = fraction === '' ? '' : `.${fraction}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}${tail}${zone === '' ? offset : zone}`;
}

/** The digits of `text` from `from` to `to` as a number; -1 when one of them is none. */
export function digitsAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let at = from; at < to; at += 1) {
    const digit = text.charCodeAt(at) - 48;
    if (!(digit >= 0 && digit <= 9)) return -1;
    value = value * 10 + digit;
  }
  return value;
}

/** Where the digits end that begin at `from`. */
export function endOfDigits(text: string, from: number): number {
  let at = from;
  for (let digit = text.charCodeAt(at) - 48; digit >= 0 && digit <= 9; digit = text.charCodeAt(at) - 48) at += 1;
  return at;
}
