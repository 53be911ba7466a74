import { isSecretKey, secretMark } from '@oaa-kit/oaa';
import { type DocumentPath, isSecretReference } from '@oaa-kit/oaa/settings';
import { isRecord } from '../json.ts';

/** Keys from the object down. */
export type KeyPath = readonly string[];

export interface ReferenceOptions {
  /** The secret reference for what is at a path. */
  readonly referenceTo: (path: KeyPath) => string;
  /** Whether an entry of an object says anything; what does not is left out without a word. */
  readonly says: (item: unknown, key: string, path: DocumentPath) => boolean;
  /** Told of what no manifest can have, and why; the reason goes on from the path. */
  readonly onLeftOut: (path: DocumentPath, reason: string) => void;
  /** Read back, only texts under keys of secrets are references. */
  readonly secretKeysOnly?: boolean | undefined;
}

/** As it is redacted: `https://(secret)@example.com`. */
const redactedUrl = `://${secretMark}@`;

function isBelowSecretKey(path: DocumentPath): boolean {
  return path.some((segment) => typeof segment === 'string' && isSecretKey(segment));
}

/** Why a manifest cannot have a text that a tenant shows; undefined when it can. */
function reasonAgainst(text: string, path: DocumentPath, secretKeysOnly: boolean): string | undefined {
  // Read back, it would read a secret of whoever imports.
  if (isSecretReference(text) && (!secretKeysOnly || isBelowSecretKey(path)))
    return 'what the tenant shows has the form of a secret reference.';
  if (text.includes(redactedUrl)) {
    return 'a user name or password is inside the URL. Write the URL without it.';
  }
  if (text !== secretMark) return undefined;
  if (path.some((segment) => typeof segment === 'number')) {
    return 'it is a secret inside a list. Write a reference under a key outside of lists, if the application reads it there.';
  }
  if (path.some((segment) => String(segment).includes('.'))) {
    return 'it is a secret below a key with a dot. Write a reference under keys without dots, if the application reads it there.';
  }
  return undefined;
}

/** What is left of an item, in a list: one item or none. */
function itemsOf(item: unknown, path: DocumentPath, options: ReferenceOptions): readonly unknown[] {
  // An empty text under the key of a secret is none.
  if (item === '' && isBelowSecretKey(path)) return [];
  if (typeof item !== 'string') return [withReferences(item, options, path)];
  const reason = reasonAgainst(item, path, options.secretKeysOnly ?? false);
  if (reason !== undefined) {
    options.onLeftOut(path, reason);
    return [];
  }
  return [item === secretMark ? options.referenceTo(path.map(String)) : item];
}

/** What a tenant shows with references in the place of its secrets, and without what no manifest has. */
export function withReferences(value: unknown, options: ReferenceOptions, path: DocumentPath = []): unknown {
  if (Array.isArray(value)) {
    return value.flatMap((item: unknown, index) => itemsOf(item, [...path, index], options));
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).flatMap(([key, item]) => {
    const at = [...path, key];
    return options.says(item, key, at) ? itemsOf(item, at, options).map((left) => [key, left] as const) : [];
  });
  return Object.fromEntries(entries);
}
