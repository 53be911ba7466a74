import { foldKey, type PropertyDefinitions, type WireUser } from '@oaa-kit/oaa';
import type { AttributeMapping } from './attribute-mapping.ts';
import { fromEmailFacts } from './emails.ts';

/**
 * The SCIM paths of which a base says nothing of anybody, since its connector does not extract them: attributes whose
 * property it does not define, and `emails` where no user has an address. That a user lacks such an attribute in the base
 * is no sign that the application lacks it.
 *
 * @param users all local users of the base.
 * @param definitions its `local_user_properties`.
 */
export function silentUserPaths(
  users: Iterable<WireUser>,
  definitions: PropertyDefinitions | undefined,
  mapping: AttributeMapping,
): ReadonlySet<string> {
  const silent = new Set(undefinedPaths(definitions, mapping));
  if (!hasAddress(users)) silent.add('emails');
  return silent;
}

/** The same for groups; `definitions` are the `local_group_properties`. */
export function silentGroupPaths(
  definitions: PropertyDefinitions | undefined,
  mapping: AttributeMapping,
): ReadonlySet<string> {
  return new Set(undefinedPaths(definitions, mapping));
}

function undefinedPaths(definitions: PropertyDefinitions | undefined, mapping: AttributeMapping): readonly string[] {
  const defined = new Set(Object.keys(definitions ?? {}).map(foldKey));
  return mapping.properties.filter(({ name }) => !defined.has(foldKey(name))).map(({ path }) => path);
}

function hasAddress(users: Iterable<WireUser>): boolean {
  for (const user of users) if (fromEmailFacts(user) !== undefined) return true;
  return false;
}
