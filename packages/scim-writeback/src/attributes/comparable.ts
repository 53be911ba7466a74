import { foldKey, type WireGroup, type WireUser } from '@oaa-kit/oaa';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { AttributeMapping, MappedProperty } from './attribute-mapping.ts';
import { canonicalText } from './canonical-text.ts';
import { encodeAt, mappedProperties } from './custom-properties.ts';
import { decodeProperty } from './decode-property.ts';
import { type EmailFacts, fromEmailFacts, toEmailFacts } from './emails.ts';
import { Misfit } from './misfit.ts';
import { own } from './value-at.ts';

/**
 * What is known of a user or group on one side, in a form in which two sides can be compared. Keys are SCIM paths; a name
 * in a change row (`ChangedFacts`) is such a path without its sub-attribute.
 */
export interface ComparableFacts {
  /** What is not here is not assigned. */
  readonly texts: ReadonlyMap<string, string>;
  /**
   * Paths of which this side says nothing that can be compared: its value is one that the other side cannot have, such as
   * a text that is too long for a payload, or it is silent, which is not the same as having none. To take either for
   * absent would take something away.
   */
  readonly incomparable: ReadonlySet<string>;
}

/**
 * The paths in which two sides differ, in no particular order: what `lossyAttributes` lists makes no difference. Empty: as
 * far as both can say, they say the same.
 */
export function differingPaths(left: ComparableFacts, right: ComparableFacts): readonly string[] {
  const paths = new Set([...left.texts.keys(), ...right.texts.keys()]);
  return [...paths].filter((path) => {
    if (left.incomparable.has(path) || right.incomparable.has(path)) return false;
    return left.texts.get(path) !== right.texts.get(path);
  });
}

/**
 * What a payload says of a local user. It says nothing of whether the user is active where `is_active` is left out.
 *
 * @param silent from `silentUserPaths`; left out, what the user does not have it does not have in the application either.
 */
export function comparableLocalUser(
  user: WireUser,
  mapping: AttributeMapping,
  silent?: ReadonlySet<string>,
): ComparableFacts {
  const facts = new Facts(mapping);
  facts.add('userName', user.name);
  facts.add('emails', emailText(toEmailFacts(fromEmailFacts(user))));
  if (user.is_active === undefined) facts.incomparable.add('active');
  else facts.add('active', String(user.is_active));
  for (const { value, property } of mappedProperties(user.custom_properties, mapping))
    facts.addProperty(property, value);
  facts.addSilent(silent);
  return facts;
}

/** What a directory says of a user. */
export function comparableScimUser(user: ScimObject, mapping: AttributeMapping): ComparableFacts {
  const facts = new Facts(mapping);
  facts.add('userName', own(user, 'userName'));
  facts.add('emails', emailText(toEmailFacts(own(user, 'emails'))));
  const active = own(user, 'active');
  if (typeof active === 'boolean') facts.add('active', String(active));
  for (const property of mapping.properties) facts.addProperty(property, encodeAt(user, property));
  return facts;
}

/**
 * What a payload says of a local group.
 *
 * @param silent from `silentGroupPaths`.
 */
export function comparableLocalGroup(
  group: WireGroup,
  mapping: AttributeMapping,
  silent?: ReadonlySet<string>,
): ComparableFacts {
  const facts = new Facts(mapping);
  facts.add('displayName', group.name);
  for (const { value, property } of mappedProperties(group.custom_properties, mapping))
    facts.addProperty(property, value);
  facts.addSilent(silent);
  return facts;
}

/** What a directory says of a group. Members are compared by links. */
export function comparableScimGroup(group: ScimObject, mapping: AttributeMapping): ComparableFacts {
  const facts = new Facts(mapping);
  facts.add('displayName', own(group, 'displayName'));
  for (const property of mapping.properties) facts.addProperty(property, encodeAt(group, property));
  return facts;
}

class Facts implements ComparableFacts {
  readonly texts = new Map<string, string>();
  readonly incomparable = new Set<string>();
  readonly #mapping: AttributeMapping;

  constructor(mapping: AttributeMapping) {
    this.#mapping = mapping;
  }

  add(path: string, text: unknown): void {
    if (typeof text === 'string' && text !== '') this.texts.set(path, text);
  }

  addProperty(property: MappedProperty, value: unknown): void {
    const text = propertyText(value, property, this.#mapping);
    if (text instanceof Misfit) this.incomparable.add(property.path);
    else if (text !== undefined) this.texts.set(property.path, text);
  }

  addSilent(paths: ReadonlySet<string> | undefined): void {
    for (const path of paths ?? []) if (!this.texts.has(path)) this.incomparable.add(path);
  }
}

/** The text to compare the value of a custom property by. */
export function propertyText(
  value: unknown,
  property: MappedProperty,
  { schema }: AttributeMapping,
): string | undefined | Misfit {
  const stored = value instanceof Misfit ? value : decodeProperty(value, property, schema);
  if (stored === undefined || stored instanceof Misfit) return stored;
  return canonicalText(stored, property);
}

/** Undefined where there is no address. Neither the order of the identities counts nor their case. */
export function emailText({ email, identities = [] }: EmailFacts): string | undefined {
  return email === undefined ? undefined : JSON.stringify([email, ...identities.map(foldKey).toSorted()]);
}
