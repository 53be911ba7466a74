import type { Attribute } from '../schemas/schema.ts';
import type { ScimValue } from '../schemas/scim-value.ts';
import { parseDateTime } from '../values/date-time.ts';
import { resourceBounds } from './bounds.ts';
import type { Reading } from './reading.ts';

const expected = {
  string: 'a string',
  boolean: 'true or false',
  decimal: 'a number',
  integer: 'a whole number',
  dateTime: 'a date and time such as 2026-01-31T09:30:00Z',
  reference: 'a URI',
  binary: 'base64',
  complex: 'an object',
} as const;

/** The JSON type of a value, for messages. */
export function describe(input: unknown): string {
  if (input === null) return 'null';
  if (Array.isArray(input)) return 'a list';
  if (typeof input === 'object') return 'an object';
  return `a ${typeof input}`;
}

/** A single value of an attribute that is not complex; undefined where it is unassigned or, with a problem, refused. */
export function readSimple(
  input: unknown,
  attribute: Attribute,
  path: string,
  reading: Reading,
): ScimValue | undefined {
  const { problems, profile } = reading;
  const { type } = attribute;
  if (input === '' && type !== 'string' && profile.looseShapes === 'accept') return undefined;
  const value = typeof input === 'string' ? readText(input, attribute, reading) : readJson(input, attribute);
  if (value === undefined) {
    const got = typeof input === 'string' && type !== 'string' ? 'this string' : describe(input);
    // RFC 7643 s2.3, RFC 7644 s3.12.
    problems.add('invalidValue', `${path} takes ${expected[type]}, not ${got}.`, path);
    return undefined;
  }
  return typeof value === 'string' && !isKeepable(value, attribute, path, reading) ? undefined : value;
}

function readJson(input: unknown, { type }: Attribute): ScimValue | undefined {
  if (type === 'boolean') return typeof input === 'boolean' ? input : undefined;
  // RFC 7643 s2.3.4: no fraction. What is beyond the safe range has been changed by being parsed.
  if (type === 'integer') return Number.isSafeInteger(input) ? withoutSign(input as number) : undefined;
  if (type === 'decimal') return Number.isFinite(input) ? withoutSign(input as number) : undefined;
  return undefined;
}

/** Zero for minus zero: JSON text would not give it back. */
function withoutSign(number: number): number {
  return number === 0 ? 0 : number;
}

function readText(input: string, { type }: Attribute, { profile }: Reading): ScimValue | undefined {
  if (type === 'string') return input;
  if (type === 'boolean') return profile.stringBooleans === 'coerce' ? readBoolean(input) : undefined;
  const good =
    (type === 'dateTime' && parseDateTime(input) !== undefined) ||
    // RFC 7643 s2.3.7: absolute or relative.
    (type === 'reference' && input !== '' && !/\s/.test(input)) ||
    (type === 'binary' && isBase64(input));
  return good ? input : undefined;
}

function readBoolean(input: string): boolean | undefined {
  const folded = input.toLowerCase();
  if (folded === 'true') return true;
  return folded === 'false' ? false : undefined;
}

/** RFC 7643 s2.3.6: base64 or its form for URLs, with or without padding. */
function isBase64(text: string): boolean {
  return text !== '' && /^[A-Za-z0-9+/_-]*={0,2}$/.test(text) && text.replaceAll('=', '').length % 4 !== 1;
}

/** Whether a string can be stored and given back as it was sent. */
function isKeepable(text: string, { uniqueness }: Attribute, path: string, { problems }: Reading): boolean {
  const longest = uniqueness === 'none' ? resourceBounds.textLength : resourceBounds.uniqueTextLength;
  if (text.length > longest) {
    problems.add('invalidValue', `${path} has more than ${longest} characters.`, path);
    return false;
  }
  if (!text.isWellFormed() || text.includes('\0')) {
    // PostgreSQL refuses the one, UTF-8 the other.
    problems.add('invalidValue', `${path} has a null character or half a surrogate pair.`, path);
    return false;
  }
  return true;
}
