import { ScimError } from '../errors/scim-error.ts';

/** Which part of a list is asked for. */
export interface Page {
  /** Counted from 1. */
  readonly startIndex: number;
  /** At most so many; 0 asks for the total only. */
  readonly count: number;
}

/** The parameters as they come: text in a query, numbers in the body of a search. */
export interface PageParameters {
  readonly startIndex?: string | number | undefined;
  readonly count?: string | number | undefined;
}

export interface PageBounds {
  /** Where the client names no count. */
  readonly defaultCount: number;
  /** Never more than this; published as `filter.maxResults`. */
  readonly maxCount: number;
}

/**
 * Reads `startIndex` and `count` (RFC 7644 s3.4.2.4): an index below 1 is 1, a negative count is 0, one above the bound is
 * the bound.
 *
 * @throws ScimError 400 `invalidValue` for what is no whole number.
 */
export function readPage({ startIndex, count }: PageParameters, { defaultCount, maxCount }: PageBounds): Page {
  const first = readInteger('startIndex', startIndex) ?? 1;
  const wanted = readInteger('count', count) ?? defaultCount;
  return { startIndex: Math.max(first, 1), count: Math.min(Math.max(wanted, 0), maxCount) };
}

function readInteger(name: string, parameter: string | number | undefined): number | undefined {
  if (parameter === undefined || parameter === '') return undefined;
  const number = typeof parameter === 'string' && !/^[+-]?\d+$/.test(parameter) ? Number.NaN : Number(parameter);
  if (Number.isNaN(number) || (Number.isFinite(number) && !Number.isInteger(number))) {
    throw new ScimError(400, 'invalidValue', `${name} has to be a whole number.`);
  }
  return Math.min(Math.max(number, Number.MIN_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}
