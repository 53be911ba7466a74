import { digitsAt, endOfDigits, isMoment } from './date-parts.ts';

const dash = 45;
const colon = 58;

/** Behind an offset (`Z` or like `+02:00`) that begins at `at`; -1 when there is none. */
export function endOfZone(text: string, at: number): number {
  const sign = text[at];
  if (sign === 'Z' || sign === 'z') return at + 1;
  if ((sign !== '+' && sign !== '-') || text.charCodeAt(at + 3) !== colon) return -1;
  const hours = digitsAt(text, at + 1, at + 3);
  const minutes = digitsAt(text, at + 4, at + 6);
  return hours >= 0 && hours <= 23 && minutes >= 0 && minutes <= 59 ? at + 6 : -1;
}

/**
 * `YYYY-MM-DD`, alone or with `HH:mm:ss`, a fraction of at most nine digits and an offset, as RFC 3339 text.
 * @param offset for texts without one; undefined where one is needed
 */
export function parseIsoDate(text: string, offset: string | undefined): string | undefined {
  if (text.charCodeAt(4) !== dash || text.charCodeAt(7) !== dash) return undefined;
  const year = digitsAt(text, 0, 4);
  const month = digitsAt(text, 5, 7);
  const day = digitsAt(text, 8, 10);
  if (text.length === 10) {
    return offset !== undefined && isMoment(year, month, day, 0, 0, 0) ? `${text}T00:00:00${offset}` : undefined;
  }
  const separator = text[10];
  if (separator !== 'T' && separator !== 't' && separator !== ' ') return undefined;
  if (text.charCodeAt(13) !== colon || text.charCodeAt(16) !== colon) return undefined;
  const hour = digitsAt(text, 11, 13);
  const minute = digitsAt(text, 14, 16);
  const second = digitsAt(text, 17, 19);
  if (hour < 0 || minute < 0 || second < 0 || !isMoment(year, month, day, hour, minute, second)) return undefined;
  let end = 19;
  if (text[19] === '.') {
    end = endOfDigits(text, 20);
    if (end === 20 || end > 29) return undefined;
  }
  const written = separator === ' ' ? `${text.slice(0, 10)}T${text.slice(11)}` : text;
  if (end === text.length) return offset === undefined ? undefined : written + offset;
  return endOfZone(text, end) === text.length ? written : undefined;
}
