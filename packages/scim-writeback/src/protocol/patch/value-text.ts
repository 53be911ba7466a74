import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { foldCase } from '../text/fold-case.ts';

/** A sub-attribute by its name as the schema spells it. */
export function subNamed(attribute: Attribute, name: string): Attribute | undefined {
  return attribute.subAttributes?.find((sub) => sub.name === name);
}

/**
 * What a value of a multi-valued attribute is about, its `value` if it is complex: a text that is the same where filters
 * with `value eq` hold two for equal. Undefined where that is not a text.
 */
export function valueText(element: ScimValue, attribute: Attribute): string | undefined {
  const complex = isScimObject(element);
  const described = complex ? subNamed(attribute, 'value') : attribute;
  const value = complex ? element.value : element;
  if (typeof value !== 'string' || (described?.type !== 'string' && described?.type !== 'reference')) return undefined;
  return described.caseExact ? value : foldCase(value);
}
