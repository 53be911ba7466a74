/** A date and time as it was written, in its own time zone. */
interface Moment {
  readonly year: number;
  /** From 1. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly nanoseconds: number;
  /** Minutes east of UTC. */
  readonly offset: number;
}

const months = 'January February March April May June July August September October November December'.split(' ');
const weekdays = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');
const digits = (value: number, length: number): string => String(value).padStart(length, '0');
const dayOfWeek = ({ year, month, day }: Moment): string => weekdays[new Date(utc(year, month, day)).getUTCDay()] ?? '';

/** Years below 100 are years, not those of the last century. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month - 1, day);
}

function zone({ offset }: Moment, separator: string): string {
  const minutes = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${digits(Math.floor(minutes / 60), 2)}${separator}${digits(minutes % 60, 2)}`;
}

interface Element {
  readonly print: (moment: Moment) => string;
  /** A pattern without groups; elements that cannot be read back have none. */
  readonly pattern: string;
  readonly read: (text: string) => Partial<Moment> & { readonly afternoon?: boolean };
}

const element = (pattern: string, print: Element['print'], read: Element['read']): Element => ({
  pattern,
  print,
  read,
});
const number = (pattern: string, part: keyof Moment, print: Element['print']): Element =>
  element(pattern, print, (text) => ({ [part]: Number(text) }));
const monthNames = (length: number | undefined): Element =>
  element(
    months.map((name) => name.slice(0, length)).join('|'),
    ({ month }) => (months[month - 1] ?? '').slice(0, length),
    (text) => ({ month: months.findIndex((name) => name.slice(0, length).toLowerCase() === text.toLowerCase()) + 1 }),
  );
const weekdayNames = (length: number | undefined): Element =>
  element(
    weekdays.map((name) => name.slice(0, length)).join('|'),
    (moment) => dayOfWeek(moment).slice(0, length),
    () => ({}),
  );
const half = (names: readonly [string, string]): Element =>
  element(
    names.join('|'),
    ({ hour }) => names[hour < 12 ? 0 : 1],
    (text) => ({ afternoon: text.toLowerCase() === 'pm' }),
  );
const zoneElement = (separator: string, zulu: boolean): Element =>
  element(
    `${zulu ? 'Z|' : ''}[+-]\\d\\d${separator}\\d\\d`,
    (moment) => (zulu && moment.offset === 0 ? 'Z' : zone(moment, separator)),
    (text) => {
      const [, sign, hours = '0', minutes = '0'] = /^([+-])(\d\d):?(\d\d)$/.exec(text) ?? [];
      return { offset: (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) };
    },
  );
/** Digits behind the point, as many as there are; those beyond the nanosecond go. */
const nanosecondsOf = (fraction: string): number => Number(fraction.slice(0, 9).padEnd(9, '0'));
const fraction = (length: number): Element =>
  element(
    `\\.\\d{${length}}`,
    ({ nanoseconds }) => `.${digits(nanoseconds, 9).slice(0, length)}`,
    (text) => ({ nanoseconds: nanosecondsOf(text.slice(1)) }),
  );
/** Go takes a fraction of a second behind the seconds, all of its digits, also where the layout has none. */
const seconds = (pattern: string, print: Element['print']): Element =>
  element(`${pattern}(?:[.,]\\d+(?!\\d))?`, print, (text) => {
    const [whole, fraction] = text.split(/[.,]/);
    return { second: Number(whole), ...(fraction !== undefined && { nanoseconds: nanosecondsOf(fraction) }) };
  });

/** The elements of a layout, longer ones first where one begins another. https://pkg.go.dev/time#pkg-constants */
const elements: readonly (readonly [text: string, element: Element])[] = [
  ['January', monthNames(undefined)],
  ['Jan', monthNames(3)],
  ['Monday', weekdayNames(undefined)],
  ['Mon', weekdayNames(3)],
  ['2006', number('\\d{4}', 'year', ({ year }) => digits(year, 4))],
  ['Z07:00', zoneElement(':', true)],
  ['Z0700', zoneElement('', true)],
  ['-07:00', zoneElement(':', false)],
  ['-0700', zoneElement('', false)],
  ['.000000000', fraction(9)],
  ['.000000', fraction(6)],
  ['.000', fraction(3)],
  ['01', number('\\d\\d', 'month', ({ month }) => digits(month, 2))],
  ['02', number('\\d\\d', 'day', ({ day }) => digits(day, 2))],
  ['03', number('\\d\\d', 'hour', ({ hour }) => digits(hour % 12 || 12, 2))],
  ['04', number('\\d\\d', 'minute', ({ minute }) => digits(minute, 2))],
  ['05', seconds('\\d\\d', ({ second }) => digits(second, 2))],
  [
    '06',
    element(
      '\\d\\d',
      ({ year }) => digits(year % 100, 2),
      (text) => ({ year: Number(text) + (Number(text) >= 69 ? 1900 : 2000) }),
    ),
  ],
  ['15', number('\\d\\d', 'hour', ({ hour }) => digits(hour, 2))],
  ['PM', half(['AM', 'PM'])],
  ['pm', half(['am', 'pm'])],
  ['_2', number(' ?\\d{1,2}', 'day', ({ day }) => String(day).padStart(2))],
  ['1', number('\\d{1,2}', 'month', ({ month }) => String(month))],
  ['2', number('\\d{1,2}', 'day', ({ day }) => String(day))],
  ['3', number('\\d{1,2}', 'hour', ({ hour }) => String(hour % 12 || 12))],
  ['4', number('\\d{1,2}', 'minute', ({ minute }) => String(minute))],
  ['5', seconds('\\d{1,2}', ({ second }) => String(second))],
];

function piecesOf(layout: string): (string | Element)[] {
  const pieces: (string | Element)[] = [];
  for (let at = 0; at < layout.length; ) {
    const [text, found] = elements.find(([candidate]) => layout.startsWith(candidate, at)) ?? [layout[at] ?? ''];
    pieces.push(found ?? text);
    at += text.length;
  }
  return pieces;
}

/** More would be another thing than a date; and each of two lengths doubles the ways to read a text. */
const maximumElements = 12;

/** Whether a layout has elements, and not too many. */
export function isDateLayout(layout: string): boolean {
  const count = piecesOf(layout).filter((piece) => typeof piece !== 'string').length;
  return count > 0 && count <= maximumElements;
}

const isoLayouts = ['2006-01-02T15:04:05Z07:00', '2006-01-02 15:04:05', '2006-01-02'];

/** The date of a text in a Go layout; undefined when it is none. */
function readInLayout(text: string, layout: string): Moment | undefined {
  const pieces = piecesOf(layout);
  const patterns = pieces.map((piece) =>
    typeof piece === 'string' ? piece.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&') : `(${piece.pattern})`,
  );
  const match = new RegExp(`^${patterns.join('')}$`, 'i').exec(text);
  if (match === null) return undefined;
  const found: Partial<Moment> & { afternoon?: boolean } = {};
  const elements = pieces.filter((piece) => typeof piece !== 'string');
  for (const [index, piece] of elements.entries()) Object.assign(found, piece.read(match[index + 1] ?? ''));
  const { afternoon, ...parts } = found;
  const moment = { year: 1, month: 1, day: 1, hour: 0, minute: 0, second: 0, nanoseconds: 0, offset: 0, ...parts };
  const hour = afternoon === undefined ? moment.hour : (moment.hour % 12) + (afternoon ? 12 : 0);
  return isMoment({ ...moment, hour }) ? { ...moment, hour } : undefined;
}

/** Whether there is such a day and time: no 30 February. */
function isMoment({ year, month, day, hour, minute, second }: Moment): boolean {
  const date = new Date(utc(year, month, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day && hour < 24 && minute < 60 && second < 60;
}

/**
 * A date in another layout. Layouts are those of the Go language, which show how its reference time, Mon Jan 2 15:04:05 -0700
 * 2006, is to be written. The time zone stays what it was. Undefined when the text is no date in the layout, or without one
 * neither RFC 3339 nor `YYYY-MM-DD`. Layouts have to be such ({@link isDateLayout}).
 *
 * @example formatDate('2026-03-09', '01/02/2006') // '03/09/2026'
 */
export function formatDate(text: string, outputLayout: string, inputLayout?: string): string | undefined {
  const layouts = inputLayout === undefined ? isoLayouts : [inputLayout];
  for (const layout of layouts) {
    const moment = readInLayout(text.trim(), layout);
    if (moment === undefined) continue;
    return piecesOf(outputLayout)
      .map((piece) => (typeof piece === 'string' ? piece : piece.print(moment)))
      .join('');
  }
  return undefined;
}
