import type { Profile } from '../profile.ts';
import type { ResourceSchema } from '../schemas/resource-schema.ts';
import type { Attribute } from '../schemas/schema.ts';
import type { ScimValue } from '../schemas/scim-value.ts';
import { Problems } from './problems.ts';
import { readElement, readValue } from './read-value.ts';

/**
 * The whole value of one attribute or sub-attribute as it is stored: types checked and coerced, names spelt as in the
 * schema, readOnly sub-attributes left out, duplicates collapsed. Undefined where it is unassigned.
 *
 * @param path how messages call it, for example `name.givenName`.
 * @throws ScimError 400 `invalidValue` or `invalidSyntax`.
 */
export function normaliseValue(
  input: unknown,
  attribute: Attribute,
  path: string,
  schema: ResourceSchema,
  profile: Profile,
): ScimValue | undefined {
  const problems = new Problems();
  const value = readValue(input, attribute, path, { schema, profile, problems });
  problems.throwIfAny();
  return value;
}

/**
 * The same for one element of the list of a multi-valued attribute.
 *
 * @throws ScimError 400 `invalidValue` or `invalidSyntax`.
 */
export function normaliseElement(
  input: unknown,
  attribute: Attribute,
  path: string,
  schema: ResourceSchema,
  profile: Profile,
): ScimValue | undefined {
  const problems = new Problems();
  const value = input === null ? undefined : readElement(input, attribute, path, { schema, profile, problems });
  problems.throwIfAny();
  return value;
}
