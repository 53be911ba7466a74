import { InputError } from '../../errors/errors.ts';
import { readDateFormat } from './date-format.ts';
import { matchDate } from './match-date.ts';
import { parseEpoch, parseEpochMilliseconds } from './parse-epoch.ts';
import { parseIsoDate } from './parse-iso-date.ts';

type DateParser = (text: string) => string | undefined;

const namedFormats: ReadonlyMap<string, DateParser> = new Map<string, DateParser>([
  ['rfc3339', (text) => parseIsoDate(text, undefined)],
  ['epoch', parseEpoch],
  ['epoch-ms', parseEpochMilliseconds],
]);

/** What is wrong with a date format, as a sentence; undefined when nothing is. */
export function checkDateFormat(format: string): string | undefined {
  if (namedFormats.has(format)) return undefined;
  const pieces = readDateFormat(format);
  return typeof pieces === 'string' ? pieces : undefined;
}

function parserOf(format: string, offset: string): DateParser {
  const named = namedFormats.get(format);
  if (named !== undefined) return named;
  const pieces = readDateFormat(format);
  if (typeof pieces !== 'string') return matchDate(pieces, offset);
  throw new InputError('input-invalid', `The date format "${format}" is not usable: ${pieces}`, {
    hint: 'For example "DD/MM/YYYY HH:mm", "rfc3339", "epoch" (seconds) or "epoch-ms".',
  });
}

/**
 * A parser of dates that gives RFC 3339 text, or undefined for what is not of these forms or not in the calendar.
 * Milliseconds are neither invented nor lost.
 *
 * Without formats: RFC 3339, which is kept as it is written, `YYYY-MM-DD`, and `YYYY-MM-DD HH:mm:ss` with a space or T.
 * Formats are `rfc3339`, `epoch` (seconds, also with a fraction), `epoch-ms`, or made of the tokens YYYY YY MMM MM M DD
 * D HH H hh h A mm ss SSS Z (`+02:00` or `Z`) ZZ (`+0200` or `Z`), and literal text, letters in [brackets]. Years of two
 * digits are 1969 to 2068, as in POSIX.
 *
 * @param formats tried in order
 * @param offset of dates that have none: `UTC` (the default), `Z`, or like `+02:00`
 * @throws InputError for a format that is not usable
 */
export function compileDateParser(
  formats: readonly string[] | undefined,
  offset: string | undefined,
): (text: string) => string | undefined {
  const zone = offset === undefined || offset === 'UTC' ? 'Z' : offset;
  if (formats === undefined) return (text) => parseIsoDate(text, zone);
  const parsers = formats.map((format) => parserOf(format, zone));
  return (text) => {
    for (const parse of parsers) {
      const parsed = parse(text);
      if (parsed !== undefined) return parsed;
    }
    return undefined;
  };
}
