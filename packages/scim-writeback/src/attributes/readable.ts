import type { Attribute } from '../protocol/schemas/schema.ts';

/** RFC 7643 s7: what is only written or never returned is a secret, and no payload may have it. */
export function isReadable({ mutability, returned }: Attribute): boolean {
  return mutability !== 'writeOnly' && returned !== 'never';
}

/**
 * Whether a sub-attribute says something by itself. `$ref` depends on who serves the resource (RFC 7643 s2.4), and
 * readOnly ones follow from the others: the name of a manager from the manager.
 */
export function isOwnPart(sub: Attribute): boolean {
  return isReadable(sub) && sub.mutability !== 'readOnly' && sub.name !== '$ref';
}
