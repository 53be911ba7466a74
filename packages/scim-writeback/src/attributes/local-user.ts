import { type Diagnostic, joinPath, type WireUser } from '@oaa-kit/oaa';
import { withSchemas } from '../protocol/resource/complete-resource.ts';
import { quote } from '../protocol/resource/names.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../protocol/schemas/scim-value.ts';
import type { AttributeMapping } from './attribute-mapping.ts';
import { createdAtOf, createdOf } from './created.ts';
import { setCustomProperties, toCustomProperties } from './custom-properties.ts';
import { fromEmailFacts, isAddress, toEmailFacts } from './emails.ts';
import { nameOf } from './name-of.ts';
import { storable } from './storable.ts';
import { own } from './value-at.ts';

/** A resource as the directory keeps it: `StoredResource` is one. */
export interface ResourceState {
  readonly attributes: ScimObject;
  /** An xsd:dateTime, or the instant of one as the directory keeps it. Undefined: not known. */
  readonly created?: string | undefined;
}

/** What SCIM can say of a local user of a payload. */
export type LocalUserFacts = Pick<
  WireUser,
  'name' | 'email' | 'identities' | 'is_active' | 'created_at' | 'custom_properties'
>;

/**
 * A SCIM user as a local user of a payload: `userName` as name, `emails` as email and identities, `active` as is_active,
 * the time of its creation as created_at, and the other mapped attributes as custom properties ("OAA with SCIM Lifecycle
 * Management", "Attribute Synchronization"). What the tenant would refuse is left out with a warning, value by value.
 *
 * Id, groups and grants are not the user's own: links, members and bases have them.
 *
 * @returns diagnostics: `too-long` and `property-type` for properties, `bad-value` for e-mail addresses that are none,
 * `bad-timestamp` (all warnings); the error `empty-value` for a user without `userName`, which no directory keeps.
 * @example toLocalUser({ attributes, created: '2026-01-31T09:00:00Z' }, mapping).user // { name: 'jane.doe', ... }
 */
export function toLocalUser(
  { attributes, created }: ResourceState,
  mapping: AttributeMapping,
): { readonly user: LocalUserFacts; readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const name = nameOf(attributes, 'userName', diagnostics);
  const emails = toEmailFacts(own(attributes, 'emails'));
  reportNoAddress(own(attributes, 'emails'), name, diagnostics);
  const active = own(attributes, 'active');
  const createdAt = createdAtOf(created, name, diagnostics);
  const properties = toCustomProperties(attributes, mapping, name, diagnostics);
  const user = {
    name,
    ...emails,
    ...(typeof active === 'boolean' && { is_active: active }),
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(properties !== undefined && { custom_properties: properties }),
  };
  return { user, diagnostics };
}

/**
 * The SCIM user that a local user of a payload is, for seeding a directory: the inverse of {@link toLocalUser}, but for
 * what `lossyAttributes` lists. Custom properties of other names, and values that the SCIM attribute cannot have, stay in
 * the payload only.
 *
 * @returns `attributes` as a directory keeps them; diagnostics: the error `bad-value` where the name cannot be a
 * `userName`, which is left out then; warnings for values that stay behind.
 */
export function fromLocalUser(
  user: WireUser,
  mapping: AttributeMapping,
): ResourceState & { readonly diagnostics: readonly Diagnostic[] } {
  const diagnostics: Diagnostic[] = [];
  const emails = fromEmailFacts(user);
  const resource = storable(
    {
      userName: user.name,
      ...(user.is_active !== undefined && { active: user.is_active }),
      ...(emails !== undefined && { emails }),
    },
    mapping.schema,
    user.name,
    diagnostics,
  );
  setCustomProperties(resource, user.custom_properties, mapping, user.name, diagnostics);
  return {
    attributes: withSchemas(resource, mapping.schema),
    created: createdOf(user.created_at, user.name, diagnostics),
    diagnostics,
  };
}

/** Tells of the first one only: there may be many. */
function reportNoAddress(emails: ScimValue | undefined, who: string, diagnostics: Diagnostic[]): void {
  if (!Array.isArray(emails)) return;
  const index = (emails as readonly ScimValue[]).findIndex((email) => {
    const value = isScimObject(email) ? own(email, 'value') : undefined;
    return typeof value === 'string' && !isAddress(value);
  });
  if (index < 0) return;
  diagnostics.push({
    severity: 'warning',
    code: 'bad-value',
    path: joinPath('$', 'emails', index, 'value'),
    message: `An e-mail address of ${quote(who)} is none; it becomes no identity.`,
  });
}
