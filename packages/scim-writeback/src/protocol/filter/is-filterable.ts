import type { Attribute } from '../schemas/schema.ts';

/** Whether filters may ask for an attribute: not where it is never shown, for answers would give it away. RFC 7643 s7. */
export function isFilterable({ returned, mutability }: Attribute): boolean {
  return returned !== 'never' && mutability !== 'writeOnly';
}
