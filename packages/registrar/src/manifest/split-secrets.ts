import { type DocumentPath, isSecretReference } from '@oaa-kit/oaa/settings';
import type { DeclaredSecret, JsonRecord, JsonValue } from './declared-provider.ts';
import type { Report } from './manifest-problems.ts';

/** Where an object stands: on the wire, and in the manifest. */
interface Whereabouts {
  readonly wire: readonly string[];
  readonly path: DocumentPath;
}

interface Split {
  readonly value: JsonRecord;
  readonly secrets: readonly DeclaredSecret[];
}

/**
 * Takes the secret references out of an object, at any depth: what is left holds no trace of them. The path of a secret
 * is that of its keys with dots between them, so that a key with a dot cannot have one; nor can an item of a list, whose
 * place would move.
 *
 * @param plain keys that are texts even when they look like references
 */
export function splitSecrets(
  value: Readonly<Record<string, unknown>>,
  at: Whereabouts,
  context: { readonly folder: string; readonly report: Report; readonly plain?: readonly string[] },
): Split {
  const { folder, report, plain = [] } = context;
  const secrets: DeclaredSecret[] = [];
  const kept: [string, JsonValue][] = [];

  const refuseInList = (items: readonly unknown[], path: DocumentPath): void => {
    for (const [index, item] of items.entries()) {
      const inner = [...path, index];
      if (typeof item === 'string' && isSecretReference(item)) {
        report.error('secret-place', inner, 'is a secret reference inside a list, where none can be');
      } else if (Array.isArray(item)) refuseInList(item, inner);
      else if (typeof item === 'object' && item !== null) {
        refuseInList(Object.values(item), inner);
      }
    }
  };

  for (const [key, item] of Object.entries(value)) {
    const wire = [...at.wire, key];
    const path = [...at.path, key];
    if (typeof item === 'string' && isSecretReference(item) && !plain.includes(key)) {
      if (key.includes('.'))
        report.error('secret-place', path, 'is a secret under a key with a dot, where none can be');
      secrets.push({ path: wire.join('.'), reference: item, folder });
    } else if (Array.isArray(item)) {
      refuseInList(item, path);
      kept.push([key, item as JsonValue]);
    } else if (typeof item === 'object' && item !== null) {
      const inner = splitSecrets(item as Readonly<Record<string, unknown>>, { wire, path }, { folder, report });
      if (inner.secrets.length > 0 && key.includes('.')) {
        report.error('secret-place', path, 'holds a secret and has a dot in its key, where none can be');
      }
      secrets.push(...inner.secrets);
      kept.push([key, inner.value]);
    } else kept.push([key, item as JsonValue]);
  }
  return { value: Object.fromEntries(kept), secrets };
}
