import { secretMark } from '@oaa-kit/oaa';
import { isRecord } from '../json.ts';

/** Keys from the object down, the numbers of list items counted from 1. */
export type KeyPath = readonly string[];

export interface ReferenceOptions {
  /** The secret reference for what is at a path. */
  readonly referenceTo: (path: KeyPath) => string;
  /** Whether an item belongs into a manifest; of a list, `key` is undefined. */
  readonly keeps: (item: unknown, key: string | undefined, path: KeyPath) => boolean;
}

/** What a tenant shows with references in the place of its secrets, and without what no manifest has. */
export function withReferences(value: unknown, options: ReferenceOptions, path: KeyPath = []): unknown {
  const { referenceTo, keeps } = options;
  if (value === secretMark) return referenceTo(path);
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => {
      const at = [...path, String(index + 1)];
      return keeps(item, undefined, at) ? [withReferences(item, options, at)] : [];
    });
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    return keeps(item, key, at) ? [[key, withReferences(item, options, at)] as const] : [];
  });
  return Object.fromEntries(entries);
}
