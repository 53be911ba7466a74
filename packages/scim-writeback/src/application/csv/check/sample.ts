import type { WrittenEntity } from '@oaa-kit/oaa/sources';
import type { AttributeMapping, MappedProperty } from '../../../attributes/attribute-mapping.ts';
import { type Draft, setValueAt } from '../../../attributes/value-at.ts';
import type { ResourceKind } from '../../../directory/directory.ts';
import type { ResourceSnapshot } from '../../../directory/write-back.ts';
import type { Attribute } from '../../../protocol/schemas/schema.ts';
import type { ScimValue } from '../../../protocol/schemas/scim-value.ts';
import { type FullColumn, fullColumn, propertyOf, writtenPath } from '../plan/render-cells.ts';

/** A user or group with a value in every column that is written; those of different numbers differ in all of them. */
export function sampleSnapshot(
  kind: ResourceKind,
  number: number,
  { columns }: WrittenEntity,
  mapping: AttributeMapping,
): ResourceSnapshot {
  const id = `oaa-kit-${kind.toLowerCase()}-${number}`;
  const attributes: Draft = Object.create(null);
  for (const spec of Object.values(columns).map(fullColumn)) {
    const property = propertyOf(spec.attribute, mapping);
    if (property !== undefined) setValueAt(attributes, property, sampleOf(property, spec, number));
    else {
      const path = writtenPath(spec.attribute, mapping);
      if (path === 'active') attributes.active = true;
      else if (path === 'emails') attributes.emails = sampleEmails(spec, number);
      else if (path !== undefined && path !== 'id')
        attributes[path] = mapped(spec, number) ?? `oaa-kit.sample.${number}`;
    }
  }
  return { kind, id, key: id, nativeId: undefined, attributes };
}

function sampleEmails({ list }: FullColumn, number: number): ScimValue {
  const email = { value: `oaa-kit.sample.${number}@example.com`, primary: true };
  return list === undefined ? [email] : [email, { value: `oaa-kit.sample.${number}@example.org` }];
}

/** Where the mapping names the values that there are, one of them. */
function mapped({ map }: FullColumn, number: number): string | undefined {
  const values = Object.keys(map ?? {});
  return values[number % values.length];
}

function sampleOf(property: MappedProperty, spec: FullColumn, number: number): ScimValue {
  const attribute = property.sub ?? property.attribute;
  const one = attribute.type === 'complex' ? sampleParts(property.parts, number) : simple(attribute, spec, number);
  return attribute.multiValued ? [one] : one;
}

function sampleParts(parts: readonly Attribute[], number: number): ScimValue {
  const part = parts.find(({ name }) => name === 'value') ?? parts[0];
  return part === undefined ? {} : { [part.name]: simple(part, { attribute: part.name }, number) };
}

function simple({ type }: Attribute, spec: FullColumn, number: number): ScimValue {
  switch (type) {
    case 'boolean':
      return number % 2 === 1;
    case 'integer':
      return number;
    case 'decimal':
      return number + 0.5;
    case 'dateTime': {
      // A form may have a date and no time.
      const { timezone = 'Z' } = spec;
      return `2026-01-${String(number).padStart(2, '0')}T00:00:00${timezone === 'UTC' ? 'Z' : timezone}`;
    }
    case 'reference':
      return `https://example.com/${number}`;
    case 'binary':
      return `AAA${number}`;
    default:
      return mapped(spec, number) ?? `sample ${number}`;
  }
}
