import type { DatePiece, DateToken } from './date-format.ts';
import { type DateParts, digitsAt, endOfDigits, formatMoment } from './date-parts.ts';
import { endOfZone } from './parse-iso-date.ts';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** What is read besides the parts themselves: AM or PM. */
type Half = 'am' | 'pm' | undefined;

/** Where a number ends that has this many digits; -1 when it is not there. */
function endOfNumber(text: string, at: number, least: number, most: number): number {
  if (least === most) return digitsAt(text, at, at + most) < 0 ? -1 : at + most;
  const end = Math.min(endOfDigits(text, at), at + most);
  return end - at >= least ? end : -1;
}

/** Reads the texts of one date format. */
class Matcher {
  readonly #pieces: readonly DatePiece[];
  readonly #offset: string;
  #parts: DateParts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: '', zone: '' };
  #half: Half;

  constructor(pieces: readonly DatePiece[], offset: string) {
    this.#pieces = pieces;
    this.#offset = offset;
  }

  read(text: string): string | undefined {
    const parts: DateParts = { year: 0, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: '', zone: '' };
    this.#parts = parts;
    this.#half = undefined;
    let at = 0;
    for (const piece of this.#pieces) {
      if ('literal' in piece) {
        if (!text.startsWith(piece.literal, at)) return undefined;
        at += piece.literal.length;
      } else at = this.#token(piece.token, text, at);
      if (at < 0) return undefined;
    }
    if (at !== text.length) return undefined;
    if (this.#half !== undefined) {
      if (parts.hour < 1 || parts.hour > 12) return undefined;
      parts.hour = (parts.hour % 12) + (this.#half === 'pm' ? 12 : 0);
    }
    return formatMoment(parts, this.#offset);
  }

  /** Reads a token at a place, and gives where it ends; -1 when it is not there. */
  #token(token: DateToken, text: string, at: number): number {
    switch (token) {
      case 'YYYY':
        return this.#number('year', text, at, 4, 4);
      case 'YY':
        return this.#shortYear(text, at);
      case 'MMM':
        return this.#monthName(text, at);
      case 'MM':
        return this.#number('month', text, at, 2, 2);
      case 'M':
        return this.#number('month', text, at, 1, 2);
      case 'DD':
        return this.#number('day', text, at, 2, 2);
      case 'D':
        return this.#number('day', text, at, 1, 2);
      case 'HH':
      case 'hh':
        return this.#number('hour', text, at, 2, 2);
      case 'H':
      case 'h':
        return this.#number('hour', text, at, 1, 2);
      case 'mm':
        return this.#number('minute', text, at, 2, 2);
      case 'ss':
        return this.#number('second', text, at, 2, 2);
      case 'SSS': {
        const end = endOfNumber(text, at, 3, 3);
        this.#parts.fraction = text.slice(at, end);
        return end;
      }
      case 'A': {
        const half = text.slice(at, at + 2).toLowerCase();
        if (half !== 'am' && half !== 'pm') return -1;
        this.#half = half;
        return at + 2;
      }
      default:
        return this.#zone(token === 'ZZ', text, at);
    }
  }

  #number(
    part: 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second',
    text: string,
    at: number,
    least: number,
    most: number,
  ): number {
    const end = endOfNumber(text, at, least, most);
    if (end >= 0) this.#parts[part] = digitsAt(text, at, end);
    return end;
  }

  #shortYear(text: string, at: number): number {
    const end = this.#number('year', text, at, 2, 2);
    this.#parts.year += this.#parts.year < 69 ? 2000 : 1900;
    return end;
  }

  #monthName(text: string, at: number): number {
    const month = months.indexOf(text.slice(at, at + 3).toLowerCase());
    this.#parts.month = month + 1;
    return month < 0 ? -1 : at + 3;
  }

  #zone(withoutColon: boolean, text: string, at: number): number {
    if (!withoutColon || text[at] === 'Z' || text[at] === 'z') {
      const end = endOfZone(text, at);
      this.#parts.zone = end < 0 ? '' : text.slice(at, end).toUpperCase();
      return end;
    }
    const zone = `${text.slice(at, at + 3)}:${text.slice(at + 3, at + 5)}`;
    if (zone.length !== 6 || endOfZone(zone, 0) !== 6) return -1;
    this.#parts.zone = zone;
    return at + 5;
  }
}

/** A reader of the texts of one format, which gives RFC 3339. Linear: no step back. */
export function matchDate(pieces: readonly DatePiece[], offset: string): (text: string) => string | undefined {
  const matcher = new Matcher(pieces, offset);
  return (text) => matcher.read(text);
}
