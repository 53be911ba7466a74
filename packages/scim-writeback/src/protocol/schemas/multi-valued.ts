import { attribute } from './define-attribute.ts';
import type { Attribute } from './schema.ts';

const primary = attribute({
  name: 'primary',
  type: 'boolean',
  description: 'Whether this value is the preferred one; true for at most one value.',
});

/** The label of a value, with suggestions. RFC 7643 s2.4. */
export function typeAttribute(canonicalValues: readonly string[] = []): Attribute {
  return attribute({
    name: 'type',
    description: 'What the value is used for.',
    ...(canonicalValues.length > 0 && { canonicalValues }),
  });
}

/** A multi-valued complex attribute with the given sub-attributes and `primary`. RFC 7643 s2.4. */
export function multiValued(name: string, description: string, subAttributes: readonly Attribute[]): Attribute {
  return attribute({
    name,
    type: 'complex',
    multiValued: true,
    description,
    subAttributes: [...subAttributes, primary],
  });
}

/** One with the default sub-attributes: value, display, type, primary. RFC 7643 s2.4. */
export function multiValuedOf(
  name: string,
  description: string,
  value: Omit<Attribute, 'name'>,
  types: readonly string[] = [],
): Attribute {
  return multiValued(name, description, [
    { name: 'value', ...value },
    attribute({ name: 'display', description: 'The value for people to read.' }),
    typeAttribute(types),
  ]);
}
