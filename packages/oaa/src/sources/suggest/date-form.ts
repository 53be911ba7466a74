import { compileDateParser } from '../mapping/parse-date.ts';

/** How the dates of a column are written. */
export interface DateForm {
  /** Formats for the mapping; undefined where the forms that it knows by itself will do. */
  readonly formats: readonly string[] | undefined;
  /** Whether day and month could be the other way round. */
  readonly ambiguous: boolean;
  /** Whether dates have a time of day and no offset. */
  readonly withoutZone: boolean;
  /** Words for "no date", such as `never`. */
  readonly placeholders: readonly string[];
}

const days = ['DD.MM.YYYY', 'D.M.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY', 'D/M/YYYY', 'M/D/YYYY', 'DD-MM-YYYY', 'MM-DD-YYYY'];
const otherDays = [
  'YYYY/MM/DD',
  'YYYY.MM.DD',
  'YYYYMMDD',
  'DD MMM YYYY',
  'D MMM YYYY',
  'DD-MMM-YYYY',
  'D-MMM-YYYY',
  'MMM D, YYYY',
  'MMM DD YYYY',
  'DD.MM.YY',
  'DD/MM/YY',
  'MM/DD/YY',
  'DD-MMM-YY',
];
const times = ['', ' HH:mm', ' HH:mm:ss', ' H:mm', ' h:mm A', ' hh:mm:ss A', ' h:mm:ss A', ', HH:mm', ', HH:mm:ss'];
const isoTimes = ['YYYY-MM-DD HH:mm', 'YYYY-MM-DDTHH:mm', 'YYYY-MM-DD HH:mm:ss.SSS', 'YYYY-MM-DD HH:mm:ss Z'];
const formats: readonly string[] = [
  ...isoTimes,
  ...[...days, ...otherDays].flatMap((day) => times.map((time) => day + time)),
];
const epochs = ['epoch', 'epoch-ms'] as const;

const placeholders = /^(?:never|none|null|nil|n\/?a|-+|–|—|nie|keine?|unknown|unbekannt|0|0000-00-00.*)$/i;
const maximumValues = 2_000;
const maximumFormats = 3;

type Parse = (text: string) => string | undefined;

function parserOf(format: string | undefined): Parse {
  return compileDateParser(format === undefined ? undefined : [format], undefined);
}

/** Seconds or milliseconds of the years 2001 to 2100: a number alone is not taken for a date elsewhere. */
function isEpoch(format: (typeof epochs)[number], text: string): boolean {
  if (!/^\d+(?:\.\d+)?$/.test(text)) return false;
  const seconds = Number(text) / (format === 'epoch' ? 1 : 1_000);
  return seconds >= 1e9 && seconds < 4.1e9;
}

function swapped(format: string): string | undefined {
  const other = /^(D{1,2})([/-])(M{1,2})(?!M)(.*)$/.exec(format);
  return other === null ? undefined : `${other[3]}${other[2]}${other[1]}${other[4]}`;
}

/** The formats that together read all texts, the most useful first; undefined when there are none. */
function formatsFor(texts: readonly string[], candidates: readonly string[]): readonly string[] | undefined {
  const found: string[] = [];
  let left = texts;
  while (left.length > 0 && found.length < maximumFormats) {
    let best: { format: string; rest: readonly string[] } | undefined;
    for (const format of candidates) {
      const parse = parserOf(format);
      // Most formats fail at the first text; the others are worth a look at all.
      if (found.length === 0 && best === undefined && left.length > 8 && !left.slice(0, 8).some((text) => parse(text)))
        continue;
      const rest = left.filter((text) => parse(text) === undefined);
      if (rest.length < (best?.rest.length ?? left.length)) best = { format, rest };
      if (rest.length === 0) break;
    }
    if (best === undefined) return undefined;
    found.push(best.format);
    left = best.rest;
  }
  return left.length === 0 ? found : undefined;
}

/**
 * How dates are written, found from all of them; undefined where they are no dates.
 *
 * @param mayBeEpoch whether numbers may be dates, because the header says so
 */
export function dateForm(values: readonly string[], mayBeEpoch: boolean): DateForm | undefined {
  const distinct = [...new Set(values)];
  const empty = distinct.filter((text) => placeholders.test(text));
  const texts = distinct.filter((text) => !placeholders.test(text)).slice(0, maximumValues);
  if (texts.length === 0 || !texts.every((text) => /\d/.test(text) && text.length <= 40)) return undefined;
  const form = { ambiguous: false, withoutZone: false, placeholders: empty };
  const byItself = parserOf(undefined);
  const unread = texts.filter((text) => byItself(text) === undefined);
  const hasBareTime = (list: readonly string[]) =>
    list.some((text) => /\d:\d\d/.test(text) && !/(?:Z|[+-]\d\d:?\d\d)$/i.test(text));
  if (unread.length === 0) return { ...form, formats: undefined, withoutZone: hasBareTime(texts) };
  if (mayBeEpoch) {
    const epoch = epochs.find((format) => texts.every((text) => isEpoch(format, text)));
    if (epoch !== undefined) return { ...form, formats: [epoch] };
  }
  const looksLikeNumber = texts.every((text) => /^\d+$/.test(text));
  if (looksLikeNumber && !mayBeEpoch) return undefined;
  const found = formatsFor(unread, formats);
  if (found === undefined) return undefined;
  const ambiguous = found.some((format) => {
    const other = swapped(format);
    return (
      other !== undefined &&
      unread.every((text) =>
        [other, ...found.filter((one) => one !== format)].some((one) => parserOf(one)(text) !== undefined),
      )
    );
  });
  const all = unread.length === texts.length ? found : [...found, ...isoFormats(texts)];
  return { ...form, formats: all, ambiguous, withoutZone: hasBareTime(texts) };
}

/** What the mapping reads without a format, as formats: naming one switches the others off. */
function isoFormats(texts: readonly string[]): readonly string[] {
  return ['rfc3339', 'YYYY-MM-DD', 'YYYY-MM-DD HH:mm:ss'].filter((format) => {
    const parse = parserOf(format);
    return texts.some((text) => parse(text) !== undefined);
  });
}
