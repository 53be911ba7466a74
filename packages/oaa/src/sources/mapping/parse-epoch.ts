import { digitsAt, endOfDigits } from './date-parts.ts';

/** The last second of the year 9999, and the first of the year 0. */
const lastSecond = 253_402_300_799;
const firstSecond = -62_167_219_200;

function fromSeconds(seconds: number, fraction: string): string | undefined {
  if (seconds < firstSecond || seconds > lastSecond) return undefined;
  const date = new Date(seconds * 1_000).toISOString().slice(0, 19);
  return `${date}${fraction === '' ? '' : `.${fraction}`}Z`;
}

/** An integer with its sign, and where it ends; at most 15 digits, which a number holds exactly. */
function integerAt(text: string): { value: number; end: number } | undefined {
  const start = text.startsWith('-') ? 1 : 0;
  const end = endOfDigits(text, start);
  if (end === start || end - start > 15) return undefined;
  const value = digitsAt(text, start, end);
  return { value: start === 1 ? -value : value, end };
}

/** Seconds since 1970, with a fraction of at most nine digits if they are not negative, as RFC 3339 text. */
export function parseEpoch(text: string): string | undefined {
  const integer = integerAt(text);
  if (integer === undefined) return undefined;
  const { value, end } = integer;
  if (end === text.length) return fromSeconds(value, '');
  const fractionEnd = endOfDigits(text, end + 1);
  const isFraction =
    text[end] === '.' && fractionEnd === text.length && fractionEnd > end + 1 && fractionEnd <= end + 10;
  return isFraction && !text.startsWith('-') ? fromSeconds(value, text.slice(end + 1)) : undefined;
}

/** Milliseconds since 1970 as RFC 3339 text. */
export function parseEpochMilliseconds(text: string): string | undefined {
  const integer = integerAt(text);
  if (integer === undefined || integer.end !== text.length) return undefined;
  const seconds = Math.floor(integer.value / 1_000);
  const milliseconds = integer.value - seconds * 1_000;
  return fromSeconds(seconds, milliseconds === 0 ? '' : String(milliseconds).padStart(3, '0'));
}
