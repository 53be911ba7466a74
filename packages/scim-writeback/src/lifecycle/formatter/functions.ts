import { countryCodeFormats, countryCodesOf } from './country-codes.ts';
import type { FormatterFunction, FunctionResult } from './formatter-function.ts';
import { formatDate, isDateLayout } from './go-layout.ts';
import { lowerCamelCase, lowerSnakeCase, sentenceCase, titleCase, upperCamelCase } from './letter-case.ts';
import { lookUp } from './lookup-table.ts';
import { toAscii, withoutDiacritics } from './to-ascii.ts';

type Evidence = FormatterFunction['evidence'];

/** Longer texts are no attributes. */
const maximumLength = 1_000;
const maximumCandidates = 100;

/** A function of the text alone. */
function plain(evidence: Evidence, usage: string, change: (text: string) => string): FormatterFunction {
  return { evidence, usage, minimum: 0, maximum: 0, apply: change };
}

/** A whole number from an argument. */
function numbered(text: string | undefined, use: (value: number) => FunctionResult): FunctionResult {
  const value = text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN;
  return value <= maximumLength ? use(value) : { problem: `"${text}" is not a number from 0 to ${maximumLength}` };
}

/** By character, not by half of one. */
function slice(text: string, start: number, end?: number): string {
  return [...text].slice(start, end).join('');
}

const substring = (evidence: Evidence): FormatterFunction => ({
  evidence,
  usage:
    '{x | SUBSTRING, 0, 3}: from the first position, counted from 0, so many characters; all that follow when left out',
  minimum: 1,
  maximum: 2,
  apply: (text, [start, length]) =>
    numbered(start, (from) =>
      length === undefined ? slice(text, from) : numbered(length, (count) => slice(text, from, from + count)),
    ),
});

function removeDomain(text: string): string {
  const at = text.lastIndexOf('@');
  return at < 0 ? text : text.slice(0, at);
}

function sequenceStart([begin = '', count = '']: readonly string[]): { begin: number; count: number } | undefined {
  if (!/^\d{1,9}$/.test(begin) || !/^\d{1,9}$/.test(count)) return undefined;
  const size = Number(count);
  return size >= 1 && size <= maximumCandidates ? { begin: Number(begin), count: size } : undefined;
}

const functions: Readonly<Record<string, FormatterFunction>> = {
  APPEND: {
    evidence: 'documented',
    usage: '{user_name | APPEND, "@example.com"}',
    minimum: 1,
    maximum: 1,
    apply: (text, [end = '']) => text + end,
  },
  PREPEND: {
    evidence: 'assumed',
    usage: '{user_name | PREPEND, "ext-"}',
    minimum: 1,
    maximum: 1,
    apply: (text, [start = '']) => start + text,
  },
  ASCII: plain('documented', '{first_name | ASCII}', toAscii),
  REMOVE_DIACRITICS: plain('assumed', '{first_name | REMOVE_DIACRITICS}', withoutDiacritics),
  LOWER: plain('documented', '{first_name | LOWER}', (text) => text.toLowerCase()),
  UPPER: plain('documented', '{first_name | UPPER}', (text) => text.toUpperCase()),
  TITLE_CASE: plain('named', '{full_name | TITLE_CASE}', titleCase),
  SENTENCE_CASE: plain('named', '{title | SENTENCE_CASE}', sentenceCase),
  LOWER_CAMEL_CASE: plain('named', '{full_name | LOWER_CAMEL_CASE}', lowerCamelCase),
  UPPER_CAMEL_CASE: plain('named', '{full_name | UPPER_CAMEL_CASE}', upperCamelCase),
  LOWER_SNAKE_CASE: plain('named', '{full_name | LOWER_SNAKE_CASE}', lowerSnakeCase),
  UPPER_SNAKE_CASE: plain('named', '{full_name | UPPER_SNAKE_CASE}', (text) => lowerSnakeCase(text).toUpperCase()),
  REMOVE_DOMAIN: plain('documented', '{email | REMOVE_DOMAIN}', removeDomain),
  REMOVE_WHITESPACE: plain('assumed', '{full_name | REMOVE_WHITESPACE}', (text) => text.replace(/\s+/gu, '')),
  TRIM: plain('assumed', '{first_name | TRIM}', (text) => text.trim()),
  REPLACE_ALL: {
    evidence: 'named',
    usage: '{user_name | REPLACE_ALL, "-", "."}',
    minimum: 2,
    maximum: 2,
    apply: (text, [from = '', to = '']) =>
      from === '' ? { problem: 'there is no text to replace' } : text.split(from).join(to),
  },
  REMOVE_CHARS: {
    evidence: 'assumed',
    usage: '{user_name | REMOVE_CHARS, ".-"}: each of these characters',
    minimum: 1,
    maximum: 1,
    apply: (text, [characters = '']) => {
      const unwanted = new Set(characters);
      return [...text].filter((character) => !unwanted.has(character)).join('');
    },
  },
  FIRST_N: {
    evidence: 'documented',
    usage: '{first_name | FIRST_N, 1}',
    minimum: 1,
    maximum: 1,
    apply: (text, [length]) => numbered(length, (count) => slice(text, 0, count)),
  },
  LAST_N: {
    evidence: 'assumed',
    usage: '{employee_id | LAST_N, 4}',
    minimum: 1,
    maximum: 1,
    apply: (text, [length]) => numbered(length, (count) => (count === 0 ? '' : slice(text, -count))),
  },
  SUBSTRING: substring('named'),
  LEFT_PAD: {
    evidence: 'assumed',
    usage: '{employee_id | LEFT_PAD, 6, "0"}: blanks when the character is left out',
    minimum: 1,
    maximum: 2,
    apply: (text, [length, filler = ' ']) =>
      numbered(length, (count) => slice(filler.repeat(count), 0, Math.max(0, count - [...text].length)) + text),
  },
  COUNTRY_CODE_ISO3166: {
    evidence: 'documented',
    usage: '{country | COUNTRY_CODE_ISO3166, alpha3}: alpha2, alpha3 or numeric; alpha2 when left out',
    minimum: 0,
    maximum: 1,
    apply: (text, [wanted = 'alpha2']) => {
      const format = countryCodeFormats.find((candidate) => candidate === wanted);
      if (format === undefined) return { problem: `"${wanted}" is none of ${countryCodeFormats.join(', ')}` };
      return countryCodesOf(text)?.[format] ?? { problem: 'the value is no country code of ISO 3166-1' };
    },
  },
  DATE_FORMAT: {
    evidence: 'documented',
    usage: '{start_date | DATE_FORMAT, "01/02/2006"}: layout of the Go language; then, where needed, that of the value',
    minimum: 1,
    maximum: 2,
    apply: (text, [output = '', input]) => {
      for (const layout of input === undefined ? [output] : [output, input]) {
        if (!isDateLayout(layout)) return { problem: `"${layout}" is no layout such as "2006-01-02 15:04:05"` };
      }
      const problem =
        input === undefined ? 'the value is neither RFC 3339 nor YYYY-MM-DD' : 'the value is not in this layout';
      return formatDate(text, output, input) ?? { problem };
    },
  },
  LOOKUP: {
    evidence: 'named',
    usage: '{location | LOOKUP, table, match_column, return_column}',
    minimum: 3,
    maximum: 3,
    apply: (text, [table = '', match = '', result = ''], { lookupTables }) => {
      const found = lookUp(lookupTables, table, match, result, text);
      return 'value' in found ? found.value : found;
    },
  },
  NEXT_NUMBER: {
    evidence: 'assumed',
    usage: `{| NEXT_NUMBER, 2, 5}: the first number, and how many to try (at most ${maximumCandidates})`,
    minimum: 2,
    maximum: 2,
    candidates: (args) => sequenceStart(args)?.count ?? 1,
    apply: (text, args, { candidate }) => {
      const sequence = sequenceStart(args);
      if (sequence === undefined)
        return { problem: `takes a first number, and how many from 1 to ${maximumCandidates}` };
      return text + String(sequence.begin + candidate);
    },
  },
};

/** Every function that a formatter may use, in the order of their names. */
export const functionNames: readonly string[] = Object.keys(functions).sort();

export function functionNamed(name: string): FormatterFunction | undefined {
  return Object.hasOwn(functions, name) ? functions[name] : undefined;
}
