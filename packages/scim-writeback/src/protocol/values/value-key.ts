import type { Attribute } from '../schemas/schema.ts';
import { isScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { foldCase } from '../text/fold-case.ts';
import { parseDateTime } from './date-time.ts';

/**
 * A text that is the same for two values of a multi-valued attribute exactly where they are the same value: the same
 * `value` and `type`, or only the same `value` where that is immutable, as for members; where there is no `value`, all
 * sub-attributes. Letter case counts where the attribute is caseExact. RFC 7643 s2.4.
 */
export function valueKey(value: ScimValue, attribute: Attribute): string {
  return JSON.stringify(isScimObject(value) ? complexKey(value, attribute) : simpleKey(value, attribute));
}

function complexKey(value: Readonly<Record<string, ScimValue>>, attribute: Attribute): unknown {
  const subs = attribute.subAttributes ?? [];
  const identity = subs.find(({ name }) => name === 'value');
  const identified = identity !== undefined && Object.hasOwn(value, 'value');
  return subs
    .filter(({ name }) => !identified || name === 'value' || (name === 'type' && identity.mutability !== 'immutable'))
    .map((sub) => (Object.hasOwn(value, sub.name) ? simpleKey(value[sub.name] as ScimValue, sub) : null));
}

function simpleKey(value: ScimValue, { type, caseExact }: Attribute): unknown {
  if (typeof value !== 'string') return value;
  const instant = type === 'dateTime' ? parseDateTime(value) : undefined;
  if (instant !== undefined) return [instant.epochSeconds, instant.fraction];
  return caseExact ? value : foldCase(value);
}
