import type { Profile } from '../profile.ts';
import type { Attribute } from '../schemas/schema.ts';

/**
 * Whether a value unassigns an attribute: null and [] are the same as no value (RFC 7643 s2.5), and Entra ID clears with
 * "" what is no string.
 */
export function unassigns(value: unknown, attribute: Attribute, profile: Profile): boolean {
  if (value === null || (Array.isArray(value) && value.length === 0)) return true;
  const isText = attribute.type === 'string' && !attribute.multiValued;
  return value === '' && !isText && profile.looseShapes === 'accept';
}
