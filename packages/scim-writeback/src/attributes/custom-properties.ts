import { type Diagnostic, foldKey, joinPath, type PropertyValue, type WireUser } from '@oaa-kit/oaa';
import { quote } from '../protocol/resource/names.ts';
import type { ScimObject } from '../protocol/schemas/scim-value.ts';
import type { AttributeMapping, MappedProperty } from './attribute-mapping.ts';
import { decodeProperty } from './decode-property.ts';
import { encodeProperty } from './encode-property.ts';
import { Misfit } from './misfit.ts';
import { type Draft, setValueAt, valueAt } from './value-at.ts';

export type CustomProperties = NonNullable<WireUser['custom_properties']>;

/** The value of a mapped property of a resource, as a payload has it. */
export function encodeAt(resource: ScimObject, property: MappedProperty): PropertyValue | undefined | Misfit {
  const value = valueAt(resource, property);
  return value === undefined ? undefined : encodeProperty(value, property);
}

/** The custom properties that a resource has; `who` names it in warnings about values that are left out. */
export function toCustomProperties(
  resource: ScimObject,
  mapping: AttributeMapping,
  who: string,
  diagnostics: Diagnostic[],
): CustomProperties | undefined {
  const entries: [string, PropertyValue][] = [];
  for (const property of mapping.properties) {
    const value = encodeAt(resource, property);
    if (value instanceof Misfit) diagnostics.push(leftOut(property, value, who));
    else if (value !== undefined) entries.push([property.name, value]);
  }
  return entries.length === 0 ? undefined : Object.fromEntries(entries);
}

function leftOut(property: MappedProperty, { code, reason }: Misfit, who: string): Diagnostic {
  const { extension, attribute, sub } = property;
  const names = [extension?.id, attribute.name, sub?.name].filter((name) => name !== undefined);
  return {
    severity: 'warning',
    code,
    path: joinPath('$', ...names),
    message: `${property.path} of ${quote(who)} ${reason}; the property "${property.name}" is left out.`,
  };
}

/** A custom property of a payload that is mapped. */
export interface NamedProperty {
  /** As the payload spells it. */
  readonly name: string;
  readonly value: unknown;
  readonly property: MappedProperty;
}

/** The mapped properties among custom properties of a payload. */
export function mappedProperties(
  properties: CustomProperties | undefined,
  { byName }: AttributeMapping,
): readonly NamedProperty[] {
  if (properties === undefined) return [];
  const found: NamedProperty[] = [];
  for (const name of Object.keys(properties)) {
    const property = byName.get(foldKey(name));
    // Of two spellings of one name the tenant keeps one; which one is not known, so the first stands for both.
    if (property === undefined || found.some((one) => one.property === property)) continue;
    found.push({ name, value: properties[name], property });
  }
  return found;
}

/** Gives a resource that is being made the attributes that custom properties say. */
export function setCustomProperties(
  resource: Draft,
  properties: CustomProperties | undefined,
  mapping: AttributeMapping,
  who: string,
  diagnostics: Diagnostic[],
): void {
  for (const { name, value, property } of mappedProperties(properties, mapping)) {
    const stored = decodeProperty(value, property, mapping.schema);
    if (stored instanceof Misfit) {
      diagnostics.push({
        severity: 'warning',
        code: stored.code,
        path: joinPath('$', 'custom_properties', name),
        message: `The property ${quote(name)} of ${quote(who)} ${stored.reason}, ${property.path}; it stays in the payload only.`,
      });
    } else if (stored !== undefined) setValueAt(resource, property, stored);
  }
}
