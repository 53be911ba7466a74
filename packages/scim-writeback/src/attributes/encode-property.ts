import { limits, type PropertyValue } from '@oaa-kit/oaa';
import { isScimObject, type ScimValue } from '../protocol/schemas/scim-value.ts';
import type { MappedProperty } from './attribute-mapping.ts';
import { inOrder } from './canonical-text.ts';
import { Misfit } from './misfit.ts';
import { toTimestamp } from './timestamp.ts';
import { isTooLong } from './too-long.ts';

const tooLong = new Misfit(
  'too-long',
  `has more than ${limits.propertyStringBytes.toLocaleString('en')} bytes as text`,
);
const illTyped = new Misfit('property-type', 'has a value of another type than its schema says');

/**
 * The value of a custom property for a stored value of its SCIM attribute; undefined for an empty text, which says as
 * little as none. A text that is longer than the tenant takes is a misfit, never cut (reference 1.0.1).
 */
export function encodeProperty(value: ScimValue, property: MappedProperty): PropertyValue | undefined | Misfit {
  switch (property.type) {
    case 'BOOLEAN':
      return typeof value === 'boolean' ? value : illTyped;
    case 'NUMBER':
      return Number.isSafeInteger(value) ? (value as number) : illTyped;
    case 'TIMESTAMP':
      return (typeof value === 'string' ? toTimestamp(value) : undefined) ?? illTyped;
    case 'STRING_LIST':
      return Array.isArray(value) ? encodeList(value) : illTyped;
    case 'STRING':
      return (property.sub ?? property.attribute).type === 'complex'
        ? encodeComplexList(value, property)
        : encodeText(value);
  }
}

function encodeText(value: ScimValue): string | undefined | Misfit {
  // Decimals are numbers; their shortest text gives the same number back.
  const text = typeof value === 'number' ? String(value) : value;
  if (typeof text !== 'string') return illTyped;
  if (text === '') return undefined;
  return isTooLong(text) ? tooLong : text;
}

function encodeList(values: readonly ScimValue[]): readonly string[] | undefined | Misfit {
  const texts = [];
  for (const value of values) {
    const text = typeof value === 'boolean' ? String(value) : encodeText(value);
    if (text instanceof Misfit) return text;
    if (text !== undefined) texts.push(text);
  }
  return texts.length === 0 ? undefined : texts;
}

/** JSON, since a property has no parts. Not more is made of a long list than shows that it is too long. */
function encodeComplexList(value: ScimValue, property: MappedProperty): string | undefined | Misfit {
  if (!Array.isArray(value)) return illTyped;
  const texts: string[] = [];
  let length = '[]'.length;
  for (const one of value as readonly ScimValue[]) {
    if (!isScimObject(one)) return illTyped;
    const text = JSON.stringify(inOrder(one, property));
    if (text === '{}') continue;
    length += text.length;
    if (length > limits.propertyStringBytes) return tooLong;
    texts.push(text);
  }
  return texts.length === 0 ? undefined : encodeText(`[${texts.join(',')}]`);
}
