import { type Diagnostic, foldKey, joinPath, type PropertyDefinitions } from '@oaa-kit/oaa';
import type { AttributeMapping } from './attribute-mapping.ts';

/**
 * The definitions of custom properties of a base together with those of the mapping. Those of the base keep their
 * spelling.
 *
 * @returns diagnostics: the error `property-type` for each property that the two define with different types, which the
 * tenant would refuse; the base's stands. `propertyNames` of the mapping gives the SCIM attribute another property.
 */
export function mergeDefinitions(
  base: PropertyDefinitions | undefined,
  mapping: AttributeMapping,
): { readonly definitions: PropertyDefinitions; readonly diagnostics: readonly Diagnostic[] } {
  const definitions = new Map(Object.entries(base ?? {}));
  const known = new Map(Array.from(definitions, ([name, type]) => [foldKey(name), type]));
  const diagnostics: Diagnostic[] = [];
  for (const { name, type, path } of mapping.properties) {
    const there = known.get(foldKey(name));
    if (there === undefined) definitions.set(name, type);
    else if (there !== type) {
      diagnostics.push({
        severity: 'error',
        code: 'property-type',
        path: joinPath('$', name),
        message: `The payload defines "${name}" as ${there}, and the SCIM attribute ${path} comes as ${type}.`,
        hint: 'Rename the property in the connector, or give the attribute another one in propertyNames.',
      });
    }
  }
  return { definitions: Object.fromEntries(definitions), diagnostics };
}
