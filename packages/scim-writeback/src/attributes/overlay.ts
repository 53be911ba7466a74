import { type Diagnostic, foldKey, type PropertyValue, type WireGroup, type WireUser } from '@oaa-kit/oaa';
import type { AttributeMapping } from './attribute-mapping.ts';
import { emailText, propertyText } from './comparable.ts';
import { type CustomProperties, mappedProperties, type NamedProperty } from './custom-properties.ts';
import { type EmailFacts, fromEmailFacts, isAddress, toEmailFacts } from './emails.ts';
import { toLocalGroup } from './local-group.ts';
import { type ResourceState, toLocalUser } from './local-user.ts';
import { Misfit } from './misfit.ts';

/**
 * The local user of a base as it is published: what the directory says otherwise replaces what the base says, and all else
 * stands as the connector wrote it. So a user that was seeded and never changed is published exactly as it was extracted,
 * lossy attributes included; identities that are no e-mail addresses stay in any case; created_at is the base's where it
 * has one.
 */
export function overlayUser(
  base: WireUser,
  state: ResourceState,
  mapping: AttributeMapping,
): { readonly user: WireUser; readonly diagnostics: readonly Diagnostic[] } {
  const { user: facts, diagnostics } = toLocalUser(state, mapping);
  const { email, identities, is_active, created_at, custom_properties, ...kept } = base;
  const emails = overlayEmails({ ...(email !== undefined && { email }), ...(identities && { identities }) }, facts);
  const createdAt = created_at ?? facts.created_at;
  const properties = overlayProperties(custom_properties, facts.custom_properties, mapping);
  const user = {
    ...kept,
    name: facts.name,
    ...emails,
    ...(facts.is_active !== undefined && { is_active: facts.is_active }),
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(properties !== undefined && { custom_properties: properties }),
  };
  return { user, diagnostics };
}

/** The same for a local group. */
export function overlayGroup(
  base: WireGroup,
  state: ResourceState,
  mapping: AttributeMapping,
): { readonly group: WireGroup; readonly diagnostics: readonly Diagnostic[] } {
  const { group: facts, diagnostics } = toLocalGroup(state, mapping);
  const { created_at, custom_properties, ...kept } = base;
  const createdAt = created_at ?? facts.created_at;
  const properties = overlayProperties(custom_properties, facts.custom_properties, mapping);
  const group = {
    ...kept,
    name: facts.name,
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(properties !== undefined && { custom_properties: properties }),
  };
  return { group, diagnostics };
}

function overlayEmails(base: EmailFacts, facts: EmailFacts): EmailFacts {
  if (isSameList(base, facts) || emailText(toEmailFacts(fromEmailFacts(base))) === emailText(facts)) return base;
  const others = (base.identities ?? []).filter((identity) => !isAddress(identity));
  const identities = [...(facts.identities ?? []), ...others];
  return { ...(facts.email !== undefined && { email: facts.email }), ...(identities.length > 0 && { identities }) };
}

/** Most users are as they were, and need no more work. */
function isSameList(base: EmailFacts, facts: EmailFacts): boolean {
  const { identities = [] } = facts;
  return (
    base.email === facts.email &&
    base.identities?.length === identities.length &&
    base.identities.every((identity, index) => identity === identities[index])
  );
}

function overlayProperties(
  base: CustomProperties | undefined,
  facts: CustomProperties | undefined,
  mapping: AttributeMapping,
): CustomProperties | undefined {
  if (base === undefined) return facts;
  const said = new Map<string, PropertyValue>(Object.entries(facts ?? {}));
  const mapped = mappedProperties(base, mapping);
  const changed = mapped.filter((one) => !isUnchanged(one, said.get(one.property.name), mapping));
  const there = new Set(mapped.map(({ property }) => property.name));
  const added = [...said].filter(([name]) => !there.has(name));
  if (changed.length === 0 && added.length === 0) return base;
  const result = new Map<string, PropertyValue>(Object.entries(base));
  for (const { name, property } of changed) {
    const value = said.get(property.name);
    // In whatever spellings the base has it.
    for (const other of Object.keys(base)) if (foldKey(other) === foldKey(name)) result.delete(other);
    if (value !== undefined) result.set(name, value);
  }
  for (const [name, value] of added) result.set(name, value);
  return result.size === 0 ? undefined : Object.fromEntries(result);
}

/** Whether the base says the same, or, where the directory says nothing, what no directory can say. */
function isUnchanged(
  { value, property }: NamedProperty,
  ours: PropertyValue | undefined,
  mapping: AttributeMapping,
): boolean {
  if (value === ours) return true;
  const text = propertyText(value, property, mapping);
  if (text instanceof Misfit) return ours === undefined;
  return text === propertyText(ours, property, mapping);
}
