import { ScimError } from '../errors/scim-error.ts';
import { normaliseElement } from '../resource/normalise-value.ts';
import { isScimObject, type ScimObject, type ScimValue } from '../schemas/scim-value.ts';
import { valueKey } from '../values/value-key.ts';
import type { Patching } from './patching.ts';
import type { ValueList } from './value-list.ts';
import { valueText } from './value-text.ts';
import { weightOf } from './weight.ts';

/**
 * Takes out the values that a `remove` with a value lists: those with the same `value` and, where it is said, the same
 * `type`; without `value`, those that are the same in all that is said. The tenant and Entra ID mean it so; RFC 7644
 * s3.5.2.2 does not speak of a value.
 */
export function removeListed(input: unknown, list: ValueList, patching: Patching): void {
  const { attribute } = list;
  const { schema, profile, work } = patching;
  for (const element of Array.isArray(input) ? input : [input]) {
    const listed = normaliseElement(element, attribute, attribute.name, schema, profile);
    if (listed === undefined) {
      // A value that says nothing would be in every one.
      throw new ScimError(
        400,
        'invalidValue',
        `A value of ${attribute.name} to be removed has to be named by its parts.`,
      );
    }
    const text = valueText(listed, attribute);
    const candidates = text === undefined ? list.positions() : list.positionsOf(text);
    for (const position of candidates) {
      const value = list.at(position);
      work.spend(weightOf(value));
      if (value !== undefined && isListed(value, listed, list)) list.replace(position, undefined);
    }
  }
}

function isListed(value: ScimValue, listed: ScimValue, { attribute }: ValueList): boolean {
  if (!isScimObject(listed) || !isScimObject(value)) return valueKey(value, attribute) === valueKey(listed, attribute);
  const decisive = Object.hasOwn(listed, 'value') ? ['value', 'type'] : Object.keys(listed);
  return decisive
    .filter((name) => Object.hasOwn(listed, name))
    .every((name) => {
      const sub = attribute.subAttributes?.find((candidate) => candidate.name === name);
      return sub !== undefined && Object.hasOwn(value, name) && keyOfPart(value, name) === keyOfPart(listed, name);

      function keyOfPart(whole: ScimObject, part: string): string {
        return valueKey(whole[part] ?? '', sub ?? attribute);
      }
    });
}
