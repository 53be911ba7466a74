import { ScimError } from '../errors/scim-error.ts';
import type { Profile } from '../profile.ts';
import type { Attribute } from '../schemas/schema.ts';

/** The error for an attribute that a client may not change so. RFC 7644 s3.12 table 9. */
export function mutability(detail: string): ScimError {
  return new ScimError(400, 'mutability', detail);
}

/** The error for a filter that selects nothing. RFC 7644 s3.12 table 9. */
export function noTarget(attribute: Attribute): ScimError {
  return new ScimError(400, 'noTarget', `The filter matches no value of ${attribute.name}; add the value first.`);
}

/** Refuses to take a required attribute away. RFC 7644 s3.5.2.2. */
export function refuseRequired(attribute: Attribute, profile: Profile): void {
  if (!attribute.required) return;
  throw new ScimError(400, profile.removeRequired, `${attribute.name} is required; replace it instead.`);
}

/** Refuses to change an immutable attribute that has a value. RFC 7644 s3.5.2. */
export function refuseImmutable(attribute: Attribute): void {
  if (attribute.mutability !== 'immutable') return;
  throw mutability(`${attribute.name} is immutable; it has a value already.`);
}
