import { z } from 'zod';
import { isRecord } from '../json.ts';
import type { JsonRecord, JsonValue } from '../manifest/declared-provider.ts';

const maximumDepth = 100;

function isShallow(value: unknown, depth = 0): boolean {
  if (typeof value !== 'object' || value === null) return value !== undefined;
  return depth < maximumDepth && Object.values(value).every((item) => isShallow(item, depth + 1));
}

/** A value that `JSON.parse` gave, taken as it is. */
export const jsonValue = z.custom<JsonValue>((value) => isShallow(value), `nested deeper than ${maximumDepth}`);

export const jsonRecord = z.custom<JsonRecord>(
  (value) => isRecord(value) && isShallow(value),
  `not an object, or nested deeper than ${maximumDepth}`,
);
