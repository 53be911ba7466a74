/** The tenant takes no digits in names of custom properties (reference 1.0.2), so they are spelt out. */
const digits = ['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'] as const;

/**
 * The name of the custom property that carries an attribute of an extension: the attribute's name in lower case, with an
 * underscore between its words, each digit as a word, and anything else that is no letter as an underscore. Of a complex
 * attribute, each sub-attribute follows behind the attribute's name; `value`, which the attribute stands for in filters
 * (RFC 7644 s3.4.2.2), has the attribute's name alone.
 *
 * The URN is no part of it: connectors call the property by the same plain name, and the two should be one.
 *
 * @returns letters and underscores, a letter first; empty when there is no letter or digit in the name.
 * @example propertyName('costCenter2') // 'cost_center_two'
 * @example propertyName('manager', 'displayName') // 'manager_display_name'
 */
export function propertyName(attribute: string, sub?: string): string {
  const parts = sub === undefined || sub === 'value' ? [attribute] : [attribute, sub];
  return parts.map(snakeCase).join('_');
}

function snakeCase(name: string): string {
  return name
    .replaceAll(/[0-9]/g, (digit) => `_${digits[Number(digit)]}_`)
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .replaceAll(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replaceAll(/[^A-Za-z]+/g, '_')
    .replaceAll(/^_|_$/g, '')
    .toLowerCase();
}
