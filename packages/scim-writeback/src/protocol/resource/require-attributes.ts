import type { Attribute } from '../schemas/schema.ts';
import { ownMember, type ScimObject } from '../schemas/scim-value.ts';
import type { Problems } from './problems.ts';

/** Reports what is required of a client, and missing or blank. RFC 7643 s2.2, s4.1.1; RFC 7644 s3.12. */
export function requireAttributes(
  data: ScimObject,
  attributes: readonly Attribute[],
  prefix: string,
  problems: Problems,
): void {
  for (const { name, required, mutability } of attributes) {
    if (!required || mutability === 'readOnly') continue;
    const value = ownMember(data, name);
    const missing = value === undefined || (typeof value === 'string' && value.trim() === '');
    if (missing && !problems.has(`${prefix}${name}`)) problems.add('invalidValue', `${prefix}${name} is required.`);
  }
}
