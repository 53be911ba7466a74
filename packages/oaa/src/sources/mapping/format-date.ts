import { InputError } from '../../errors/errors.ts';
import { type DateToken, readDateFormat } from './date-format.ts';

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
const two = (value: number): string => String(value).padStart(2, '0');

/** A clock on the wall at some offset from UTC: the parts are read with the methods for UTC. */
interface WallClock {
  readonly date: Date;
  /** Like `+02:00`, or `Z`. */
  readonly zone: string;
}

const writers: Readonly<Record<DateToken, (clock: WallClock) => string>> = {
  YYYY: ({ date }) => String(date.getUTCFullYear()).padStart(4, '0'),
  YY: ({ date }) => two(date.getUTCFullYear() % 100),
  MMM: ({ date }) => months[date.getUTCMonth()] ?? '',
  MM: ({ date }) => two(date.getUTCMonth() + 1),
  M: ({ date }) => String(date.getUTCMonth() + 1),
  DD: ({ date }) => two(date.getUTCDate()),
  D: ({ date }) => String(date.getUTCDate()),
  HH: ({ date }) => two(date.getUTCHours()),
  H: ({ date }) => String(date.getUTCHours()),
  hh: ({ date }) => two(date.getUTCHours() % 12 || 12),
  h: ({ date }) => String(date.getUTCHours() % 12 || 12),
  mm: ({ date }) => two(date.getUTCMinutes()),
  ss: ({ date }) => two(date.getUTCSeconds()),
  SSS: ({ date }) => String(date.getUTCMilliseconds()).padStart(3, '0'),
  A: ({ date }) => (date.getUTCHours() < 12 ? 'AM' : 'PM'),
  Z: ({ zone }) => zone,
  ZZ: ({ zone }) => zone.replace(':', ''),
};

function offsetMsOf(zone: string): number {
  if (zone === 'Z') return 0;
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return (zone.startsWith('-') ? -minutes : minutes) * 60_000;
}

/**
 * A writer of moments in a date format: what `compileDateParser` reads with the same format and offset. What the format
 * has no token for is lost: whoever needs to know reads the text back.
 *
 * @param format as `compileDateParser` takes it: `rfc3339`, `epoch`, `epoch-ms` or tokens
 * @param offset of the clock that is written: `UTC` (the default), `Z`, or like `+02:00`
 * @returns undefined for what is no RFC 3339 moment
 * @throws InputError for a format that is not usable
 * @example compileDateFormatter('DD.MM.YYYY', '+02:00')('2026-01-31T22:30:00Z') // 01.02.2026
 */
export function compileDateFormatter(
  format: string,
  offset: string | undefined,
): (moment: string) => string | undefined {
  const zone = offset === undefined || offset === 'UTC' ? 'Z' : offset;
  const offsetMs = offsetMsOf(zone);
  const write = writerOf(format);
  return (moment) => {
    const time = Date.parse(moment);
    return Number.isNaN(time) ? undefined : write({ date: new Date(time + offsetMs), zone }, time);
  };
}

function writerOf(format: string): (clock: WallClock, time: number) => string {
  if (format === 'epoch-ms') return (_, time) => String(time);
  if (format === 'epoch') return (_, time) => String(time / 1_000);
  if (format === 'rfc3339') return ({ date, zone }) => date.toISOString().replace('Z', zone);
  const pieces = readDateFormat(format);
  if (typeof pieces === 'string') {
    throw new InputError('input-invalid', `The date format "${format}" is not usable: ${pieces}`, {
      hint: 'For example "DD/MM/YYYY HH:mm", "rfc3339", "epoch" (seconds) or "epoch-ms".',
    });
  }
  return (clock) => pieces.map((piece) => ('literal' in piece ? piece.literal : writers[piece.token](clock))).join('');
}
