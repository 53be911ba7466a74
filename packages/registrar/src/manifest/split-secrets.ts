import { isSecretKey } from '@oaa-kit/oaa';
import { type DocumentPath, isSecretReference, type PositionedDocument } from '@oaa-kit/oaa/settings';
import type { DeclaredSecret, JsonRecord, JsonValue } from './declared-provider.ts';
import type { Report } from './manifest-problems.ts';

type Values = Readonly<Record<string, unknown>>;

interface SplitOptions {
  /** Of the object on the wire: the first part of the paths of its secrets. */
  readonly wire: readonly string[];
  /** Of the object in the manifest. */
  readonly path: DocumentPath;
  readonly document: Pick<PositionedDocument, 'file' | 'positionOf'>;
  readonly folder: string;
  readonly report: Report;
  /** Keys that are texts even when they look like references. */
  readonly plain?: readonly string[] | undefined;
  /** Only under keys of secrets a text is taken for a reference: elsewhere it may just look like one. */
  readonly secretKeysOnly?: boolean | undefined;
}

/**
 * Takes the secret references out of an object, at any depth: what is left holds no trace of them. The path of a secret
 * is that of its keys with dots between them, so that a key with a dot cannot have one; nor can an item of a list, whose
 * place would move.
 */
export function splitSecrets(
  value: Values,
  options: SplitOptions,
): { readonly value: JsonRecord; readonly secrets: readonly DeclaredSecret[] } {
  const { document, folder, report, plain = [], secretKeysOnly = false } = options;
  const secrets: DeclaredSecret[] = [];

  const take = (
    item: unknown,
    wire: readonly string[],
    path: DocumentPath,
    isSecret: boolean,
  ): JsonValue | undefined => {
    if (typeof item === 'string') {
      if (!isSecretReference(item) || (secretKeysOnly && !isSecret)) return item;
      if (path.some((segment, index) => index > options.path.length && typeof segment === 'number')) {
        report.error('secret-place', path, 'is a secret reference inside a list, where none can be');
      } else if (wire.some((key) => key.includes('.'))) {
        report.error('secret-place', path, 'is a secret reference below a key with a dot, where none can be');
      }
      const place = { file: document.file, ...document.positionOf(path) };
      secrets.push({ path: wire.join('.'), reference: item, folder, place });
      return undefined;
    }
    if (Array.isArray(item)) {
      return item
        .map((inner: unknown, index) => take(inner, wire, [...path, index], isSecret))
        .filter((inner) => inner !== undefined);
    }
    if (typeof item !== 'object' || item === null) return item as JsonValue;
    const kept = Object.entries(item as Values).flatMap(([key, inner]): [string, JsonValue][] => {
      const left = take(inner, [...wire, key], [...path, key], isSecret || isSecretKey(key));
      return left === undefined ? [] : [[key, left]];
    });
    return Object.fromEntries(kept);
  };

  const kept = Object.entries(value).flatMap(([key, item]): [string, JsonValue][] => {
    const isPlain = plain.includes(key);
    const left = isPlain
      ? (item as JsonValue)
      : take(item, [...options.wire, key], [...options.path, key], isSecretKey(key));
    return left === undefined ? [] : [[key, left]];
  });
  return { value: Object.fromEntries(kept), secrets };
}
